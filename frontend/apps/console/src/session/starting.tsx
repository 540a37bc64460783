import { Logo } from "./logo";

export function Starting() {
  return (
    <main
      role="status"
      aria-label="Connecting to the server"
      className="grid min-h-full place-items-center"
    >
      <title>Sergas</title>
      <div className="animate-pulse motion-reduce:animate-none">
        <Logo size={32} />
      </div>
    </main>
  );
}
