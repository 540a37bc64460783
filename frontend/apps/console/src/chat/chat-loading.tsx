/** The shape of a conversation while its code is on the way. */
export function ChatLoading() {
  return (
    <div
      role="status"
      aria-label="Loading the conversation"
      data-testid="chat-loading"
      className="flex h-full flex-col px-4 pb-6"
    >
      <div className="mx-auto flex w-full max-w-[48rem] flex-1 flex-col gap-3 pt-10">
        <div className="skeleton ms-auto h-9 w-2/5" />
        <div className="skeleton mt-4 h-4 w-24" />
        <div className="skeleton h-4 w-11/12" />
        <div className="skeleton h-4 w-4/5" />
        <div className="skeleton h-4 w-2/3" />
        <div className="skeleton mt-4 h-20 w-full" />
      </div>
      <div className="skeleton mx-auto h-14 w-full max-w-[48rem] rounded-xl" />
    </div>
  );
}
