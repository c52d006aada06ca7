/** The sounds of the till: an error must be told from a success without looking. */
export type Tone = 'success' | 'error';

type Note = { readonly hertz: number; readonly startSeconds: number; readonly seconds: number };

const NOTES: Readonly<Record<Tone, readonly Note[]>> = {
  success: [{ hertz: 1320, startSeconds: 0, seconds: 0.06 }],
  error: [
    { hertz: 311, startSeconds: 0, seconds: 0.14 },
    { hertz: 220, startSeconds: 0.16, seconds: 0.24 },
  ],
};
const VOLUME = 0.12;

/** Plays tones; silent where there is no sound device. */
export function createTones(): (tone: Tone) => void {
  let context: AudioContext | null = null;
  return (tone) => {
    if (!('AudioContext' in globalThis)) return;
    context ??= new AudioContext();
    for (const note of NOTES[tone]) playNote(context, note);
  };
}

function playNote(context: AudioContext, note: Note): void {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  const start = context.currentTime + note.startSeconds;
  oscillator.frequency.value = note.hertz;
  oscillator.type = 'triangle';
  gain.gain.setValueAtTime(VOLUME, start);
  // Fading out keeps the end of the tone from clicking.
  gain.gain.exponentialRampToValueAtTime(0.001, start + note.seconds);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + note.seconds);
}
