import type { ErpMethod } from './erp-method.ts';
import type { FieldSet } from './field-set.ts';
import type { JsonObject } from './json.ts';

/** What `$help` answers: every method with its parameters or fields, for a person to read. */
export function helpText(methods: readonly ErpMethod[]): string {
  const sections = methods.map((method) => {
    const [verb, details] =
      method.kind === 'read' ? ['GET ', readDetails(method.parameters)] : ['POST', fieldDetails(method.body, '  ')];
    return `${verb} ${pathOf(method)}\n  ${method.summary}\n${details}`;
  });
  return `Millennium de demonstração (sandbox). Toda leitura aceita também $format=json, $dateformat=iso e $top=N (0 = tudo).\n\n${sections.join('\n')}`;
}

/** The same for a program: `$help?$format=json`. */
export function helpJson(methods: readonly ErpMethod[]): JsonObject {
  return {
    methods: methods.map((method) => ({
      name: method.name,
      path: pathOf(method),
      verb: method.kind === 'read' ? 'GET' : 'POST',
      summary: method.summary,
      parameters: method.kind === 'read' ? { ...method.parameters } : fieldsJson(method.body),
    })),
  };
}

function pathOf({ name }: ErpMethod): string {
  return `/api/${name.replaceAll('.', '/')}`;
}

function fieldsJson({ fields, lists }: FieldSet): JsonObject {
  const scalars = [...fields].map(([name, { kind, max, required }]) => [
    name,
    { kind, required, ...(Number.isFinite(max) ? { max } : {}) },
  ]);
  const children = Object.entries(lists).map(([name, set]) => [name, { kind: 'list', fields: fieldsJson(set) }]);
  return Object.fromEntries([...scalars, ...children]) as JsonObject;
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
