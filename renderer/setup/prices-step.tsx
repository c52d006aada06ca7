import { formatCents } from '../../contract/format.ts';
import type { PricePreviewView } from '../../contract/setup-views.ts';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useQuery } from '../components/use-query.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { Reading } from './reading.tsx';
import { StepForm } from './step-form.tsx';
import { loginOf, type StepProps } from './wizard-draft.ts';

/** Five products beside their tags: a person says which column of the price table the shop charges. */
export function PricesStep({ draft, change, refusal, onBack, onNext }: StepProps) {
  const t = useTexts();
  const { state, output, ...read } = useQuery('setup.previewPrices', {
    ...loginOf(draft),
    stationCode: draft.stationCode,
  });
  return (
    <StepForm
      title={t.setup.pricesTitle}
      lead={t.setup.pricesLead}
      refusal={refusal}
      next={t.setup.next}
      isReady={draft.priceColumn !== null}
      whyNot={t.setup.pricesMissing}
      onBack={onBack}
      onNext={onNext}
    >
      {state === 'reading' && <Reading />}
      {'error' in read && <RefusalNote refusal={read.error} />}
      {state === 'read' && output.length === 0 && <p className="note attention">{t.setup.noPrices}</p>}
      {state !== 'reading' && (
        <fieldset className="field-pair">
          <legend>{t.setup.priceColumn}</legend>
          {([1, 2] as const).map((column) => (
            <label key={column} className="choice">
              <input
                type="radio"
                name="column"
                checked={draft.priceColumn === column}
                autoFocus={column === (draft.priceColumn ?? 1)}
                onChange={() => change({ priceColumn: column })}
              />
              <strong>{column === 1 ? t.setup.firstPrice : t.setup.secondPrice}</strong>
            </label>
          ))}
        </fieldset>
      )}
      {state === 'read' && output.length > 0 && <Tags products={output} column={draft.priceColumn} />}
    </StepForm>
  );
}

function Tags({ products, column }: { readonly products: readonly PricePreviewView[]; readonly column: 1 | 2 | null }) {
  const t = useTexts();
  return (
    <table className="wizard-table">
      <thead>
        <tr>
          <th scope="col">{t.setup.product}</th>
          <th scope="col" className={column === 1 ? 'number chosen' : 'number'}>
            {t.setup.price(1)}
          </th>
          <th scope="col" className={column === 2 ? 'number chosen' : 'number'}>
            {t.setup.price(2)}
          </th>
        </tr>
      </thead>
      <tbody>
        {products.map((product) => (
          <tr key={product.barcode}>
            <td>
              {product.description}
              <small>{[product.color, product.size, product.barcode].filter((part) => part !== '').join(' · ')}</small>
            </td>
            <td className={column === 1 ? 'number chosen' : 'number'}>{formatCents(product.price1Cents)}</td>
            <td className={column === 2 ? 'number chosen' : 'number'}>
              {product.price2Cents === null ? t.setup.withoutPrice : formatCents(product.price2Cents)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
