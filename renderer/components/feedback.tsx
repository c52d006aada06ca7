import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import type { Refusal } from '../../contract/refusals.ts';
import { usePreferences } from '../i18n/preferences.tsx';
import { createTones, type SoundLevel, type Tone } from './tones.ts';

/** What the banner says: a refusal stays until the next action or Esc, good news too. */
export type Message =
  | { readonly kind: 'refusal'; readonly refusal: Refusal; readonly shownAtMs: number }
  | { readonly kind: 'good' | 'info'; readonly title: string; readonly shownAtMs: number };

export type Feedback = {
  readonly message: Message | null;
  /** Shows a refusal, with the tone of an error. */
  readonly refuse: (refusal: Refusal) => void;
  /** The tone of an error for what a dialog says. */
  readonly warn: () => void;
  /** Says that something went well, with its tone. */
  readonly praise: (title?: string) => void;
  /** Says calmly why nothing came of it, with the tone of an error: who scanned looks elsewhere. */
  readonly inform: (title: string) => void;
  /** Lets a person hear how loud that is. */
  readonly sample: (level: SoundLevel) => void;
  /** Takes the message away if it was there when the action began: a queued scan must not hide the error before it. */
  readonly clear: (actionBeganAtMs?: number) => void;
};

const FeedbackContext = createContext<Feedback | null>(null);

export function FeedbackProvider({ children }: { readonly children: ReactNode }) {
  const { soundLevel } = usePreferences();
  const [message, setMessage] = useState<Message | null>(null);
  const tones = useMemo(() => createTones(), []);
  const play = useCallback((tone: Tone) => tones(tone, soundLevel), [soundLevel, tones]);
  // Apart from the message, so that whoever may say something is not drawn anew by each that is said.
  const acts = useMemo<Omit<Feedback, 'message'>>(
    () => ({
      refuse: (refusal) => {
        setMessage({ kind: 'refusal', refusal, shownAtMs: performance.now() });
        play('error');
      },
      warn: () => play('error'),
      praise: (title) => {
        if (title !== undefined) setMessage({ kind: 'good', title, shownAtMs: performance.now() });
        play('success');
      },
      inform: (title) => {
        setMessage({ kind: 'info', title, shownAtMs: performance.now() });
        play('error');
      },
      sample: (level) => tones('success', level),
      clear: (actionBeganAtMs = performance.now()) =>
        setMessage((shown) => (shown !== null && shown.shownAtMs > actionBeganAtMs ? shown : null)),
    }),
    [play, tones],
  );
  const feedback = useMemo<Feedback>(() => ({ message, ...acts }), [message, acts]);
  return <FeedbackContext value={feedback}>{children}</FeedbackContext>;
}

export function useFeedback(): Feedback {
  const feedback = useContext(FeedbackContext);
  if (feedback === null) throw new Error('useFeedback outside of FeedbackProvider');
  return feedback;
}
