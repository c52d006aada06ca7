import { useState } from 'react';
import { formatCents, formatDay, formatQuantity } from '../../contract/format.ts';
import type { SummaryView } from '../../contract/station-views.ts';
import { useApproval } from '../components/approval.tsx';
import { DeliveryMark } from '../components/delivery-mark.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useQuery } from '../components/use-query.ts';
import { usePreferences, useTexts } from '../i18n/preferences.tsx';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStation, useStationState } from '../station-context.tsx';

/** A superior's leave helps, or the last one is over. */
const ASKABLE: ReadonlySet<string> = new Set(['permission_required', 'approval_invalid']);

/** The day as the till saw it, beside what the ERP confirmed. */
export function SummaryScreen({ onBack }: { readonly onBack: () => void }) {
  const t = useTexts();
  const { language } = usePreferences();
  const confirmedAt = useStationState((state) => state.sync?.lastConfirmedAt ?? null);
  const station = useStation();
  const withApproval = useApproval();
  const [approvalId, setApprovalId] = useState<string | null>(null);
  const summary = useQuery('summary.day', { approvalId }, confirmedAt);
  useKeys('screen', { Escape: onBack });

  /** The drawer is counted blind: who may not see the day's payments has a superior beside them. */
  async function askLeave(): Promise<void> {
    let given: string | null = null;
    const reply = await withApproval('see_expected', (id) => {
      given = id;
      return station.call('summary.day', { approvalId: id });
    });
    if (reply.ok) setApprovalId(given);
  }

  return (
    <div className="summary" data-testid="summary">
      <header className="screen-head">
        <button type="button" className="button quiet" autoFocus onClick={onBack}>
          {t.app.back}
        </button>
        <h1>{t.summary.title}</h1>
        {summary.output !== undefined && <p className="muted">{formatDay(summary.output.businessDay, language)}</p>}
        <p className="tag">{t.summary.notFiscal}</p>
      </header>
      <RefusalNote refusal={summary.state === 'refused' ? summary.error : null} />
      {summary.state === 'refused' && ASKABLE.has(summary.error.code) && (
        <button type="button" className="button" onClick={() => void askLeave()}>
          {t.summary.askLeave}
        </button>
      )}
      {summary.output !== undefined && <Day day={summary.output} />}
    </div>
  );
}

function Day({ day }: { readonly day: SummaryView }) {
  const t = useTexts();
  const figures: readonly (readonly [string, string])[] = [
    [t.summary.net, formatCents(day.netCents)],
    [t.summary.sold, `${formatCents(day.soldCents)} · ${day.sales}`],
    [t.summary.pieces, formatQuantity(day.piecesMilli)],
    [t.summary.discount, formatCents(day.discountCents)],
    [t.summary.cancelled, `${formatCents(day.cancelledCents)} · ${day.cancelled}`],
    ...(day.cancelledOtherDays === 0
      ? []
      : [
          [
            t.summary.cancelledOtherDays,
            `${formatCents(day.cancelledOtherDaysCents)} · ${day.cancelledOtherDays}`,
          ] as const,
        ]),
  ];
  return (
    <>
      <dl className="figures">
        {figures.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="summary-columns">
        <section>
          <h2 className="minor">{t.summary.byHour}</h2>
          {day.cancelled > 0 && <p className="muted">{t.summary.byHourCounts}</p>}
          {day.byHour.length === 0 && <p className="muted">{t.summary.nothing}</p>}
          <Hours hours={day.byHour} />
        </section>
        <section>
          <h2 className="minor">{t.summary.byPayment}</h2>
          {day.cancelled > 0 && <p className="muted">{t.summary.byPaymentCounts}</p>}
          <dl className="facts">
            {day.byPaymentKind.map((payment) => (
              <div key={payment.paymentTypeId}>
                <dt>
                  {payment.description} <span className="muted">· {payment.count}</span>
                </dt>
                <dd>{formatCents(payment.amountCents)}</dd>
              </div>
            ))}
          </dl>
          <h2 className="minor">{t.summary.erp}</h2>
          <dl className="facts">
            <div>
              <dt>{t.summary.confirmed}</dt>
              <dd>{formatCents(day.confirmed.netCents)}</dd>
            </div>
            <div>
              <dt>{t.summary.difference}</dt>
              <dd>{day.unconfirmed.length === 0 ? t.summary.equal : formatCents(day.differenceCents)}</dd>
            </div>
          </dl>
          <Unconfirmed documents={day.unconfirmed} />
        </section>
      </div>
    </>
  );
}

/** The documents that make the difference, one by one: their amounts add up to it. */
function Unconfirmed({ documents }: { readonly documents: SummaryView['unconfirmed'] }) {
  const t = useTexts();
  if (documents.length === 0) return null;
  return (
    <>
      <p className="muted">{t.summary.unconfirmed(documents.length)}</p>
      <ol className="documents" data-testid="unconfirmed">
        {documents.map(({ kind, number, amountCents, state }) => (
          <li key={`${kind} ${number}`}>
            <span>
              {t.summary.kind(kind)} <span className="muted">{number}</span>
            </span>
            <DeliveryMark state={state} />
            <span className="number">{formatCents(amountCents)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

/** Bars of one colour; the figures stand beside them, so nothing is said by the length alone. */
function Hours({ hours }: { readonly hours: SummaryView['byHour'] }) {
  const t = useTexts();
  const most = Math.max(1, ...hours.map((hour) => hour.soldCents));
  return (
    <ol className="hours">
      {hours.map((hour) => (
        <li key={hour.hour}>
          <span className="hour-name">{t.summary.hour(hour.hour)}</span>
          <span className="hour-track">
            <span className="hour-bar" style={{ width: `${(100 * hour.soldCents) / most}%` }} />
          </span>
          <span className="number">{formatCents(hour.soldCents)}</span>
        </li>
      ))}
    </ol>
  );
}
