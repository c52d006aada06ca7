import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/preferences.tsx';
import type { KeyBindings, Level } from '../keyboard/key-layers.ts';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useFocusBack } from './use-focus-back.ts';

const LAYER: Readonly<Record<'dialog' | 'question' | 'approval', number>> = {
  dialog: 200,
  question: 210,
  approval: 220,
};

/** The library moves the focus a moment later; a key pressed in between would go to the screen below. */
export function focusFirst(node: HTMLElement | null): void {
  node?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
}

/** The library makes the head of a dialog a `header`, which would be a second banner of the page. */
export const DIALOG_ATTRIBUTES = { header: { role: 'presentation' } };

/** Almost all of a small screen. */
const WIDE = 'min(64rem, 94vw)';
const NO_KEYS: KeyBindings = {};

/**
 * A question over the screen. Esc closes it; the keys of the screen below are dead while it is open.
 *
 * A scan still goes to the sale, unless the dialog takes scans itself (`onScan`).
 */
export function Dialog({
  title,
  onClose,
  children,
  keys = NO_KEYS,
  isReading = false,
  onScan,
  level = 'dialog',
  size = 'md',
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly keys?: KeyBindings;
  /** What it asks for is not there yet: Enter waits for it. */
  readonly isReading?: boolean;
  readonly onScan?: ((code: string) => void) | undefined;
  readonly level?: Extract<Level, 'dialog' | 'question' | 'approval'>;
  readonly size?: 'sm' | 'md' | 'lg' | 'xl' | 'wide';
}) {
  const t = useTexts();
  useFocusBack();
  useKeys(level, { Escape: onClose, ...keys }, { isModal: true, isReading, onScan });
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size === 'wide' ? WIDE : size}
      centered
      closeOnEscape={false}
      // The page never scrolls; the lock would add a style without the nonce of the page.
      lockScroll={false}
      zIndex={LAYER[level]}
      overlayProps={{ backgroundOpacity: 0.4 }}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t.app.close, size: '2.75rem', iconSize: '1.25rem' }}
      classNames={{ content: 'dialog', header: 'dialog-header', title: 'dialog-title', body: 'dialog-body' }}
      attributes={DIALOG_ATTRIBUTES}
    >
      <div className="stack" ref={focusFirst}>
        {children}
      </div>
    </Modal>
  );
}
