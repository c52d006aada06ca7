import type { MethodInput } from '../../contract/station-api.ts';
import type { DoctorCheckView } from '../../contract/station-views.ts';
import type { PaymentKind } from '../../contract/sale-views.ts';
import type { Refusal } from '../../contract/refusals.ts';
import type { BrazilianTimeZone } from '../../contract/time-zones.ts';

/** The pages that are filled in; the initial load and the readiness card follow them. */
const WIZARD_STEPS = ['server', 'station', 'replace', 'defaults', 'prices', 'payments'] as const;
export type WizardStep = (typeof WIZARD_STEPS)[number];
/** Every stop of the first run, as its rail shows them. */
export type RailStep = WizardStep | 'load' | 'ready';

/** A station that takes no dead one's place has a page less. */
export function listSteps(isReplacing: boolean): readonly WizardStep[] {
  return WIZARD_STEPS.filter((step) => isReplacing || step !== 'replace');
}

/** What `Testar conexão` found, and with which login: it says nothing of another one. */
export type Tested = { readonly login: string; readonly checks: readonly DoctorCheckView[] };

/** The dead station whose place this machine takes, and who answers for it. */
export type Replacement = {
  readonly replaces: string;
  readonly supportUser: string;
  readonly supportPassword: string;
  readonly operatorCode: string;
  readonly pin: string;
  readonly reason: string;
};

/**
 * All that was typed and chosen so far. It lives above the pages, so that going back loses nothing, and in memory only:
 * the password is written by nobody but the core.
 */
export type WizardDraft = {
  readonly server: string;
  readonly user: string;
  readonly password: string;
  readonly tested: Tested | null;
  readonly stationCode: string;
  readonly isReplacing: boolean;
  readonly replacement: Replacement;
  readonly customerCode: string;
  readonly salespersonCode: string;
  readonly saleEvent: string;
  readonly returnEvent: string;
  readonly timeZone: BrazilianTimeZone | '';
  /** Null until somebody compared the tags. */
  readonly priceColumn: 1 | 2 | null;
  /** By payment type, where a person chose another kind than the guess. */
  readonly paymentKinds: Readonly<Record<number, PaymentKind>>;
};

export const EMPTY_DRAFT: WizardDraft = {
  server: '',
  user: '',
  password: '',
  tested: null,
  stationCode: '',
  isReplacing: false,
  replacement: { replaces: '', supportUser: '', supportPassword: '', operatorCode: '', pin: '', reason: '' },
  customerCode: '',
  salespersonCode: '',
  saleEvent: '',
  returnEvent: '',
  timeZone: '',
  priceColumn: null,
  paymentKinds: {},
};

/** What a page is given: the draft, a way to change it, and what was refused on it. */
export type StepProps = {
  readonly draft: WizardDraft;
  readonly change: (part: Partial<WizardDraft>) => void;
  readonly refusal: Refusal | null;
  readonly onBack: () => void;
  readonly onNext: () => void;
};

export function loginOf({ server, user, password }: WizardDraft): MethodInput<'setup.testConnection'> {
  return { server: server.trim(), user: user.trim(), password };
}

/** Names a login, to tell whether a test was of this one. */
export function nameLogin(draft: WizardDraft): string {
  return JSON.stringify(loginOf(draft));
}

export function toEnrolment(draft: WizardDraft): MethodInput<'setup.enrol'> {
  const typed = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  return {
    ...loginOf(draft),
    stationCode: draft.stationCode,
    customerCode: typed(draft.customerCode),
    salespersonCode: typed(draft.salespersonCode),
    saleEvent: typed(draft.saleEvent),
    returnEvent: typed(draft.returnEvent),
    timeZone: draft.timeZone === '' ? null : draft.timeZone,
    priceColumn: draft.priceColumn ?? 1,
    paymentKinds: Object.entries(draft.paymentKinds).map(([paymentTypeId, kind]) => ({
      paymentTypeId: Number(paymentTypeId),
      kind,
    })),
  };
}

const MIN_REASON_LENGTH = 3;

export function isReplacementWhole(replacement: Replacement): boolean {
  const { replaces, supportUser, operatorCode, pin, reason } = replacement;
  return (
    replaces.length === 3 &&
    supportUser.trim() !== '' &&
    operatorCode.trim() !== '' &&
    pin !== '' &&
    reason.trim().length >= MIN_REASON_LENGTH
  );
}

export function toReplacement(draft: WizardDraft): MethodInput<'setup.replace'> {
  const { supportUser, operatorCode, ...others } = draft.replacement;
  return {
    ...toEnrolment(draft),
    ...others,
    supportUser: supportUser.trim(),
    operatorCode: operatorCode.trim(),
  };
}

/** The page on which what was refused can be put right; the last one, where nothing but another try helps. */
export function stepOfRefusal(refusal: Refusal, { isReplacing, replacement }: WizardDraft = EMPTY_DRAFT): WizardStep {
  switch (refusal.code) {
    case 'password_wrong':
      return isReplacing && refusal.user === replacement.supportUser.trim() ? 'replace' : 'server';
    case 'server_url_invalid':
    case 'server_wrong':
    case 'user_taken':
      return 'server';
    case 'station_unknown':
    case 'station_claimed':
    case 'code_not_new':
      return 'station';
    case 'station_never_used':
    case 'station_alive':
    case 'station_replaced':
    case 'support_login_needed':
    case 'operator_unknown':
    case 'pin_wrong':
    case 'operator_locked':
    case 'permission_required':
      return 'replace';
    case 'salesperson_unknown':
      return 'defaults';
    case 'register_incomplete':
      return refusal.register === 'clientes' || refusal.fields.some((field) => field.startsWith('evento_'))
        ? 'defaults'
        : 'payments';
    default:
      return 'payments';
  }
}
