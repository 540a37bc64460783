import { useTexts } from "../hooks/texts";
import type { FieldChange } from "../state/diff";

export interface ChangeTableProps {
  readonly changes: readonly FieldChange[];
}

/** Each field with its old and its new value, so that a yes is to something seen. */
export function ChangeTable({ changes }: ChangeTableProps) {
  const texts = useTexts();
  if (changes.length === 0) return null;
  const hasBefore = changes.some(({ before }) => before !== undefined);
  return (
    <table data-testid="changes" className="mt-3 w-full border-collapse text-start text-xs">
      <thead>
        <tr className="text-ink-3">
          <td />
          {hasBefore && (
            <th scope="col" className="px-2 pb-1 text-start font-medium">
              {texts.before}
            </th>
          )}
          <th scope="col" className="px-2 pb-1 text-start font-medium">
            {hasBefore ? texts.after : texts.newValue}
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field} className="border-t border-line align-top">
            <th scope="row" className="py-1 pe-2 text-start font-medium text-ink-2">
              {field}
            </th>
            {hasBefore && (
              <td className="bg-bad-soft px-2 py-1 [overflow-wrap:anywhere] text-bad">
                {before === undefined ? "–" : <del>{before}</del>}
              </td>
            )}
            <td className="bg-ok-soft px-2 py-1 [overflow-wrap:anywhere] text-ok">
              {after === undefined ? "–" : <ins className="no-underline">{after}</ins>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
