import { Link } from "wouter";
import { Notice } from "./notice";

/** The address names no screen. */
export function NotHere() {
  return (
    <Notice title="There is nothing here" text="The address may be old or incomplete.">
      <Link href="/" className="button mt-4 h-8 px-3">
        To the conversation
      </Link>
    </Notice>
  );
}
