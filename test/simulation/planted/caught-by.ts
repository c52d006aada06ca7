/** For each planted bug the seed that is known to find it, of the days as they are now; found anew by `--planted`. */
export const caughtBy: Readonly<Record<string, number>> = {
  'refusal of a duplicate is taken as rejected': 1,
  'unanswered sale is given up': 1,
  'confirmed without being read back': 2,
  'confirmed at status 0': 1,
  'a cancellation counts as done where its sale is': 2,
  'key missing from an answer counts as done': 2,
  'acknowledged by position': 2,
  'batch judged by its HTTP status': 14,
  'cursor = max after a full page': 12,
  'cursor before its rows': 37,
  'torn list is taken as whole': 16,
};
