/** Money and days as the brief prints them. */
const DAY = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

export function formatDay(date: string | null | undefined): string {
  const time = Date.parse(date ?? "");
  return Number.isNaN(time) ? "" : DAY.format(time);
}

export function formatMoney(amount: number | null | undefined, currency: string): string {
  if (amount == null) return "";
  try {
    const format = { style: "currency", currency, maximumFractionDigits: 0 } as const;
    return new Intl.NumberFormat("en-GB", format).format(amount);
  } catch {
    return `${amount} ${currency}`.trim();
  }
}

/** `at_risk` becomes `At risk`. */
export function humanize(key: string): string {
  const words = key.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
