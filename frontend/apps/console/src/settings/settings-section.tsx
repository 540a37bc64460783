import { type ReactNode, useId } from "react";

export interface SettingsSectionProps {
  readonly title: string;
  readonly text?: string;
  readonly children?: ReactNode;
}

export function SettingsSection({ title, text, children }: SettingsSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="text-sm font-semibold">
        {title}
      </h2>
      {text !== undefined && <p className="mt-1 text-[13px] leading-5 text-ink-2">{text}</p>}
      {children !== undefined && <div className="mt-2">{children}</div>}
    </section>
  );
}
