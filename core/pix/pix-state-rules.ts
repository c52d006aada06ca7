import type { PixOutcome, PixState } from '../../contract/pix-views.ts';

/**
 * Where a Pix is after somebody looked for it in the statement, or null where that makes no sense.
 *
 * ```
 *            found: standing -> checked, else -> to_return     not_found -> missing
 * given_up   yes: the customer paid after all                  no
 * to_check   yes                                               yes
 * checked    no                                                yes: a mistake corrected
 * missing    yes: it came late                                 no
 * to_return  no                                                yes
 * ```
 *
 * `returned` ends what is to be given back. One that waits is the till's to answer; one given back is over.
 * `isStanding`: the tender and its sale are still there. Source: docs/decisions/0023-pix-by-a-fixed-qr.md
 */
export function stateAfterCheck(state: PixState, outcome: PixOutcome, isStanding: boolean): PixState | null {
  switch (outcome) {
    case 'found':
      if (state !== 'given_up' && state !== 'to_check' && state !== 'missing') return null;
      return isStanding ? 'checked' : 'to_return';
    case 'not_found':
      return state === 'to_check' || state === 'checked' || state === 'to_return' ? 'missing' : null;
    case 'returned':
      return state === 'to_return' ? 'returned' : null;
  }
}
