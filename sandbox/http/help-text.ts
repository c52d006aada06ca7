import type { ErpMethod } from './erp-method.ts';
import type { FieldSet } from './field-set.ts';

/** What `$help` answers: every method with its parameters or fields, for a person to read. */
export function helpText(methods: ReadonlyMap<string, ErpMethod>): string {
  const sections = [...methods.values()].map((method) => {
    const [verb, details] =
      method.kind === 'read' ? ['GET ', readDetails(method.parameters)] : ['POST', fieldDetails(method.body, '  ')];
    return `${verb} /api/${method.name.replaceAll('.', '/')}\n  ${method.summary}\n${details}`;
  });
  return `Millennium de demonstração (sandbox). Toda leitura aceita também $format=json, $dateformat=iso e $top=N (0 = tudo).\n\n${sections.join('\n')}`;
}

function readDetails(parameters: Readonly<Record<string, string>>): string {
  return `  parâmetros: ${
    Object.entries(parameters)
      .map(([name, kind]) => `${name} (${kind})`)
      .join(', ') || 'nenhum'
  }\n`;
}

function fieldDetails({ fields, lists }: FieldSet, indent: string): string {
  const names = [...fields].map(
    ([name, field]) =>
      `${name} (${field.kind}${Number.isFinite(field.max) ? ` ${field.max}` : ''}${field.required ? ', obrigatório' : ''})`,
  );
  const children = Object.entries(lists).map(
    ([name, set]) => `${indent}${name}[]:\n${fieldDetails(set, `${indent}  `)}`,
  );
  return `${indent}campos: ${names.join(', ')}\n${children.join('')}`;
}
