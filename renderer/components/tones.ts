/** The sounds of the till: an error must be told from a success without looking. */
export type Tone = 'success' | 'error';

/** How loud, as a person chose it on this machine. */
export const SOUND_LEVELS = ['off', 'low', 'normal', 'high'] as const;
export type SoundLevel = (typeof SOUND_LEVELS)[number];

/** `strength`: part of the chosen volume. */
type Note = {
  readonly hertz: number;
  readonly startSeconds: number;
  readonly seconds: number;
  readonly strength: number;
};

const NOTES: Readonly<Record<Tone, readonly Note[]>> = {
  success: [{ hertz: 1320, startSeconds: 0, seconds: 0.06, strength: 0.7 }],
  error: [
    { hertz: 311, startSeconds: 0, seconds: 0.14, strength: 1 },
    { hertz: 220, startSeconds: 0.16, seconds: 0.24, strength: 1 },
  ],
};
const VOLUMES: Readonly<Record<SoundLevel, number>> = { off: 0, low: 0.05, normal: 0.15, high: 0.45 };

/** Plays tones; silent where there is no sound device: a till sells without. */
export function createTones(): (tone: Tone, level: SoundLevel) => void {
  let context: AudioContext | null = null;
  return (tone, level) => {
    if (level === 'off' || !('AudioContext' in globalThis)) return;
    try {
      context ??= new AudioContext();
      // A device that was unplugged, or a window that nobody touched yet, leaves it suspended.
      if (context.state === 'suspended') void context.resume().catch(() => undefined);
      for (const note of NOTES[tone]) playNote(context, note, VOLUMES[level]);
    } catch {
      // No device, or none that can be opened: the next tone tries anew.
      context = null;
    }
  };
}

function playNote(context: AudioContext, note: Note, volume: number): void {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  const start = context.currentTime + note.startSeconds;
  oscillator.frequency.value = note.hertz;
  oscillator.type = 'triangle';
  gain.gain.setValueAtTime(volume * note.strength, start);
  // Fading out keeps the end of the tone from clicking.
  gain.gain.exponentialRampToValueAtTime(0.001, start + note.seconds);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + note.seconds);
}
