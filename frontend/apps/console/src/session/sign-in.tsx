import { KeyRound } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { CardPage } from "./card-page";

export interface SignInProps {
  /** A token was sent and the server does not know it. */
  readonly isRefused: boolean;
  readonly onSignIn: (token: string) => void;
}

export function SignIn({ isRefused, onSignIn }: SignInProps) {
  const [token, setToken] = useState("");
  const fieldId = useId();
  const helpId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (token.trim() !== "") onSignIn(token.trim());
  };
  return (
    <CardPage title="Sign in to Sergas">
      <form onSubmit={submit} className="flex flex-col gap-3 text-[13px]" data-testid="sign-in">
        {isRefused && (
          <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
            The server does not know this token. It may have been started with another one.
          </p>
        )}
        <label htmlFor={fieldId} className="font-medium">
          Access token
        </label>
        <input
          id={fieldId}
          type="password"
          autoComplete="current-password"
          aria-describedby={helpId}
          value={token}
          onChange={(event) => setToken(event.target.value)}
          className="h-9 rounded-md border border-line-strong bg-surface px-3 font-mono text-[13px]"
        />
        <p id={helpId} className="leading-5 text-ink-2">
          The server prints it when it starts, at the end of the address{" "}
          <code className="rounded bg-sunken px-1 text-xs">/?token=…</code>. You can also open that
          address itself.
        </p>
        <button type="submit" className="button-primary h-9 justify-center">
          <KeyRound aria-hidden size={14} />
          Sign in
        </button>
      </form>
    </CardPage>
  );
}
