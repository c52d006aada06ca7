/** What only an ERP that was put back without a sign brings about (docs/simulation.md, known limits). */
const OF_RESTORATION: readonly RegExp[] = [
  / drawer: \S+ \d+ is not at the ERP$/,
  / audit row \d+ \(.*\) is not at the ERP$/,
  /: (price|text|stock) of /,
  / (not )?blocked$/,
  / customer .* is (0 times|[A-Z].*) at the ERP$/,
  // The id of a customer who is gone may be somebody else's before the station knows that the ERP went back.
  / sale \S+ is (of customer|diverged: customer) /,
];

/** Whether what a judge found is one of the limits that docs/simulation.md names; `found`: all of the same look. */
export function isKnownLimit(
  line: string,
  found: readonly string[],
  { isRestored, mix }: { readonly isRestored: boolean; readonly mix: string },
): boolean {
  const isLateName = / customer (.* is .* at the ERP|\S+ is diverged: customer differs: name)$/.test(line);
  if (isLateName && mix.includes('slow request')) return true;
  if (!isRestored) return false;
  return OF_RESTORATION.some((limit) => limit.test(line)) || isCancelledWith(line, found);
}

/** The cancellation of a sale that is booked on somebody else waits with it for the same person, and so does its day. */
function isCancelledWith(line: string, found: readonly string[]): boolean {
  const [till] = line.split(':');
  const waiting = found.flatMap(
    (other) => /^(\S+): sale (\S+) is diverged: customer /.exec(other)?.slice(1, 3).join() ?? [],
  );
  const cancelled = / (?:cancellation (\S+) is pending|sale (\S+) has status 3 instead of 5)/.exec(line);
  if (cancelled !== null) return waiting.includes([till, cancelled[1] ?? cancelled[2]].join());
  return / day \S+ is told to differ$/.test(line) && waiting.some((sale) => sale.startsWith(`${till},`));
}
