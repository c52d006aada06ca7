import { useTexts } from '../i18n/preferences.tsx';

/** The server is being asked for what this page shows. */
export function Reading() {
  const t = useTexts();
  return (
    <p className="reading" role="status">
      <span className="spinner small" /> {t.setup.working}
    </p>
  );
}
