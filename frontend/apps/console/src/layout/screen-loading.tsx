/** The shape of a screen while its code or its data are on the way. */
export function ScreenLoading() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-2 p-6">
      <div className="skeleton h-6 w-40" />
      <div className="skeleton mt-4 h-9 w-full" />
      <div className="skeleton h-9 w-full" />
      <div className="skeleton h-9 w-4/5" />
    </div>
  );
}
