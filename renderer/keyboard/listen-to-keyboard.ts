import { findFocusedField, insertText, restoreSnapshot, takeSnapshot, type FieldSnapshot } from './field-text.ts';
import {
  addStroke,
  burstText,
  DEFAULT_SCAN_RULES,
  hasPaused,
  isFast,
  isScan,
  type ScanRules,
  type Stroke,
} from './scan-recogniser.ts';

export type KeyboardListener = {
  readonly onScan: (code: string) => void;
  /** A key by its name (`F9`, `Ctrl+L`, `Escape`, `1`); answers whether it meant something. */
  readonly onKey: (key: string) => boolean;
};

/**
 * Tells a scanner from a person, before any field or button sees a key.
 *
 *   first character            -> goes where it goes (typing must feel immediate)
 *   next ones at scanner speed -> held back; from the 6th on the field has its old text again
 *   Enter or Tab after 6+      -> a scan: nothing is pressed
 *   a pause, or another key    -> it was typing: what was held is typed in order
 *
 * A single character outside of a field acts at once, so bindings of single characters must be harmless to undo.
 */
export function listenToKeyboard(
  window: Window,
  listener: KeyboardListener,
  rules: ScanRules = DEFAULT_SCAN_RULES,
): () => void {
  let burst: readonly Stroke[] = [];
  let held = '';
  let before: FieldSnapshot | null = null;
  let release: ReturnType<typeof setTimeout> | undefined;
  let lastScanMs = Number.NEGATIVE_INFINITY;

  function typeHeld(): void {
    const text = held;
    held = '';
    for (const key of text) {
      const field = findFocusedField(window.document);
      if (field === null) listener.onKey(key);
      else insertText(field, key);
    }
  }

  function endBurst(): void {
    clearTimeout(release);
    typeHeld();
    burst = [];
    before = null;
  }

  /** What a burst has typed so far is held as well: the field is as it was before the burst. */
  function takeBack(snapshot: FieldSnapshot): void {
    restoreSnapshot(snapshot);
    held = burstText(burst);
    before = null;
  }

  function onCharacter(event: KeyboardEvent): void {
    if (hasPaused(burst, event.timeStamp, rules)) endBurst();
    burst = addStroke(burst, { key: event.key, atMs: event.timeStamp }, rules);
    const field = findFocusedField(window.document);
    if (burst.length === 1) before = field === null ? null : takeSnapshot(field);
    clearTimeout(release);
    release = setTimeout(endBurst, rules.pauseMs);
    if (isFast(burst, rules)) {
      held += event.key;
      swallow(event);
      // Before Enter, so that nothing but the scanned line is painted then.
      if (burst.length >= rules.minimumLength && before !== null) takeBack(before);
      return;
    }
    typeHeld();
    if (field !== null || !listener.onKey(event.key)) return;
    swallow(event);
    // The key may have given a field the focus and begun to fill it; should it turn out to be a scan, it is emptied.
    const gained = findFocusedField(window.document);
    if (burst.length === 1 && gained !== null) before = takeSnapshot(gained);
  }

  function onTerminator(event: KeyboardEvent): void {
    // Some scanners end a code with CR and LF, or Enter and Tab: the second belongs to the scan too.
    if (burst.length === 0 && event.timeStamp - lastScanMs < rules.pauseMs) return swallow(event);
    if (!isScan(burst, event.timeStamp, rules)) {
      endBurst();
      if (!event.shiftKey && listener.onKey(event.key)) swallow(event);
      return;
    }
    const code = burstText(burst);
    const field = before;
    held = '';
    endBurst();
    if (field !== null) restoreSnapshot(field);
    lastScanMs = event.timeStamp;
    swallow(event);
    listener.onScan(code);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing || MODIFIERS.has(event.key)) return;
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (isPlain && event.key.length === 1) return onCharacter(event);
    if (isPlain && (event.key === 'Enter' || event.key === 'Tab')) return onTerminator(event);
    endBurst();
    if (event.ctrlKey && event.key.toLowerCase() === 'j' && event.timeStamp - lastScanMs < rules.pauseMs) {
      return swallow(event);
    }
    if (listener.onKey(keyName(event))) swallow(event);
  }

  window.addEventListener('keydown', onKeyDown, { capture: true });
  return () => {
    clearTimeout(release);
    window.removeEventListener('keydown', onKeyDown, { capture: true });
  };
}

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock']);

function keyName(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  return `${event.ctrlKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${key}`;
}

function swallow(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}
