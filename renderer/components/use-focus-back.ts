import { useEffect, useState } from 'react';

/**
 * Whoever had the focus when a dialog came has it again when the dialog is gone, unless something took it by then: the
 * ring stays visible and Tab goes on from where it was. A button that was clicked is left out: the next Enter is the
 * screen's, not that button's again.
 */
export function useFocusBack(): void {
  const [asker] = useState(findAsker);
  useEffect(
    () => () => {
      if (document.activeElement === document.body) asker?.focus();
    },
    [asker],
  );
}

function findAsker(): HTMLElement | null {
  const { activeElement } = document;
  if (!(activeElement instanceof HTMLElement)) return null;
  return activeElement instanceof HTMLButtonElement && !activeElement.matches(':focus-visible') ? null : activeElement;
}
