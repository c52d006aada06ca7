import { formatQuantity } from '../../contract/format.ts';
import type { BackupPlaceView } from '../../contract/backup-api.ts';
import type { StationView } from '../../contract/station-views.ts';
import { useQuery } from '../components/use-query.ts';
import { useTexts } from '../i18n/preferences.tsx';
import type { Texts } from '../i18n/texts.ts';
import { useStationState } from '../station-context.tsx';
import type { Readiness } from './ready-item.tsx';

/** The core's name of the check of where the ERP's password is. */
const KEY_STORE = 'Guarda de senhas';

type Query<Output> = { readonly state: 'reading' | 'refused' } | { readonly state: 'read'; readonly output: Output };

/** The lines of the offline readiness card, from what the core's views and its doctor know. */
export function useReadiness(): {
  readonly items: readonly Readiness[];
  readonly printer: Readiness;
  readonly second: Readiness;
  readonly reread: () => void;
} {
  const t = useTexts();
  const health = useQuery('station.health', {});
  const operators = useQuery('operator.list', {});
  const payments = useQuery('payment.types', {});
  const printing = useStationState((state) => state.view?.printing ?? null);
  const backup = useQuery('backup.view', {});
  const doctor = useQuery('station.doctor', {});
  const promotions = useStationState(
    (state) => state.load?.steps.find(({ step }) => step === 'promotions')?.rows ?? null,
  );
  const count = (number: number): string => formatQuantity(number * 1000);
  const isThere = (name: string, number: number, detail: string, advice: string): Readiness =>
    number > 0 ? { name, state: 'present', detail, advice: null } : { name, state: 'missing', detail: null, advice };
  const place = (name: string, which: BackupPlaceView['place'], fallback: string): Readiness =>
    judge(t, name, backup, ({ places }) =>
      viewPlace(
        t,
        name,
        places.find((one) => one.place === which),
        fallback,
      ),
    );

  const items: readonly Readiness[] = [
    judge(t, t.ready.catalogue, health, ({ products, skus }) =>
      isThere(
        t.ready.catalogue,
        products,
        t.ready.catalogueText(count(products), count(skus)),
        t.ready.catalogueMissing,
      ),
    ),
    judge(t, t.ready.operators, operators, ({ length }) =>
      isThere(t.ready.operators, length, t.ready.operatorsText(count(length)), t.ready.operatorsMissing),
    ),
    judge(t, t.ready.payments, payments, (types) => {
      const { length } = types.filter(({ supported }) => supported);
      return isThere(t.ready.payments, length, t.ready.paymentsText(count(length)), t.ready.paymentsMissing);
    }),
    promotions === null
      ? { name: t.ready.promotions, state: 'unknown', detail: null, advice: t.ready.unknownText }
      : {
          name: t.ready.promotions,
          state: 'present',
          detail: promotions === 0 ? t.ready.promotionsNone : t.ready.promotionsText(count(promotions)),
          advice: null,
        },
    judge(t, t.ready.keyStore, doctor, (checks) => {
      const found = checks.find(({ name }) => name === KEY_STORE);
      if (found === undefined) {
        return { name: t.ready.keyStore, state: 'unknown', detail: null, advice: t.ready.unknownText };
      }
      return isThere(t.ready.keyStore, found.state === 'ok' ? 1 : 0, t.ready.keyStoreText, t.ready.keyStoreMissing);
    }),
    place(t.ready.firstBackup, 'first', t.ready.firstBackupLater),
  ];
  return {
    items,
    printer: viewPrinter(t, printing),
    second: place(t.ready.secondBackup, 'second', t.ready.secondBackupMissing),
    reread: () => [health, operators, payments, backup, doctor].forEach((query) => query.reread()),
  };
}

function viewPrinter(t: Texts, printing: StationView['printing'] | null): Readiness {
  const name = t.ready.printer;
  if (printing === null) return { name, state: 'unknown', detail: null, advice: t.ready.unknownText };
  if (printing.settings.target.kind === 'none') {
    return { name, state: 'missing', detail: null, advice: t.ready.printerMissing };
  }
  return printing.trouble === null
    ? { name, state: 'present', detail: t.ready.printerChosen, advice: null }
    : { name, state: 'missing', detail: t.ready.printerChosen, advice: t.ready.printerTrouble };
}

/** An answer that did not come must never look like one that says nothing is missing. */
function judge<Output>(t: Texts, name: string, query: Query<Output>, view: (output: Output) => Readiness): Readiness {
  if (query.state === 'reading') return { name, state: 'reading', detail: null, advice: null };
  if (query.state !== 'read') return { name, state: 'unknown', detail: null, advice: t.ready.unknownText };
  return view(query.output);
}

function viewPlace(t: Texts, name: string, place: BackupPlaceView | undefined, fallback: string): Readiness {
  if (place === undefined || place.state === 'not_configured') {
    return { name, state: 'missing', detail: null, advice: fallback };
  }
  const detail = place.folder;
  if (place.error !== null) return { name, state: 'missing', detail, advice: t.ready.backupFailed };
  return { name, state: 'present', detail, advice: place.state === 'never' ? t.ready.firstBackupLater : null };
}
