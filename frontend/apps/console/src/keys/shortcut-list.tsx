import { useServerInfo } from "../session/server-context";
import { shortcuts } from "./shortcuts";

export function ShortcutList() {
  const server = useServerInfo();
  return (
    <dl className="grid gap-x-8 text-[13px] leading-5 sm:grid-cols-2">
      {shortcuts(server).map(({ keys, label }) => (
        <div key={label} className="flex items-center gap-3 border-b border-line py-1.5">
          <dt className="min-w-0 flex-1 text-ink-2">{label}</dt>
          <dd className="flex shrink-0 gap-1">
            {keys.map((key) => (
              <kbd key={key} className="kbd">
                {key}
              </kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
