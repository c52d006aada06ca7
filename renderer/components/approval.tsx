import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import type { Permission } from '../../contract/policies.ts';
import type { Refusal } from '../../contract/refusals.ts';
import { ApprovalDialog } from './approval-dialog.tsx';

type Answer<Output> = { readonly ok: true; readonly output: Output } | { readonly ok: false; readonly error: Refusal };

/** Tries without a superior first; when refused for lack of one, asks for the PIN on the spot and tries again. */
export type WithApproval = <Output>(
  permission: Permission,
  attempt: (approvalId: string | null) => Promise<Answer<Output>>,
) => Promise<Answer<Output>>;

type Question = {
  readonly permission: Permission;
  readonly refusal: Refusal;
  readonly answer: (approvalId: string | null) => void;
};

const ApprovalContext = createContext<WithApproval | null>(null);
const NEEDS_A_SUPERIOR: ReadonlySet<string> = new Set([
  'discount_above_limit',
  'permission_required',
  'session_day_in_past',
  'clock_wrong',
  'approval_invalid',
]);

export function ApprovalProvider({ children }: { readonly children: ReactNode }) {
  const [question, setQuestion] = useState<Question | null>(null);
  const withApproval = useMemo<WithApproval>(
    () => async (permission, attempt) => {
      const first = await attempt(null);
      if (first.ok || !NEEDS_A_SUPERIOR.has(first.error.code)) return first;
      const approvalId = await new Promise<string | null>((resolve) => {
        setQuestion({ permission, refusal: first.error, answer: resolve });
      });
      setQuestion(null);
      return approvalId === null ? first : attempt(approvalId);
    },
    [],
  );
  return (
    <ApprovalContext value={withApproval}>
      {children}
      {question !== null && (
        <ApprovalDialog permission={question.permission} refusal={question.refusal} onAnswer={question.answer} />
      )}
    </ApprovalContext>
  );
}

export function useApproval(): WithApproval {
  const withApproval = useContext(ApprovalContext);
  if (withApproval === null) throw new Error('useApproval outside of ApprovalProvider');
  return withApproval;
}
