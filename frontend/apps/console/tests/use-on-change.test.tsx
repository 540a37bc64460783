import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { useOnChange } from "../src/lists/use-on-change";

afterEach(cleanup);

function Watcher({ value, act }: { readonly value: string | undefined; readonly act: () => void }) {
  useOnChange(value, act);
  return null;
}

test("what is known first is no change, and each other value is one", () => {
  const act = vi.fn();
  const { rerender } = render(<Watcher value={undefined} act={act} />);
  rerender(<Watcher value="a" act={act} />);
  rerender(<Watcher value="a" act={act} />);
  expect(act).not.toHaveBeenCalled();

  rerender(<Watcher value="b" act={act} />);

  expect(act).toHaveBeenCalledOnce();
});
