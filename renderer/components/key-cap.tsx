import { keyCap } from '../../contract/keys.ts';

/** The key as it is printed on the keyboard. */
export function KeyCap({ keys }: { readonly keys: string }) {
  return (
    <kbd className="key-cap" aria-hidden="true">
      {keyCap(keys)}
    </kbd>
  );
}
