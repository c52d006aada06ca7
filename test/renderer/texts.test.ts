import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { texts } from '../../renderer/i18n/texts.ts';

/** Attributes that a person reads or hears. */
const SPOKEN = new Set(['aria-label', 'placeholder', 'title', 'alt', 'label', 'description', 'hint']);
const sources = import.meta.glob<string>('../../renderer/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const components = Object.entries(sources).filter(([name]) => name.endsWith('.tsx'));

function leaves(value: unknown, path: string): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, path === '' ? key : `${path}.${key}`));
}

/** Words written into a component instead of into the texts. */
function findHardCoded(name: string, source: string): readonly string[] {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const note = (text: string) => {
    if (/\p{L}/u.test(text)) found.push(`${name}: ${text.trim()}`);
  };
  /** The words that an expression may come to: of both branches, beside placeholders, behind a condition. */
  const noteAll = (value: ts.Expression): void => {
    if (ts.isParenthesizedExpression(value)) noteAll(value.expression);
    else if (ts.isStringLiteralLike(value)) note(value.text);
    else if (ts.isConditionalExpression(value)) [value.whenTrue, value.whenFalse].forEach((branch) => noteAll(branch));
    else if (ts.isBinaryExpression(value)) noteAll(value.right);
    else if (ts.isTemplateExpression(value))
      [value.head, ...value.templateSpans.map(({ literal }) => literal)].forEach(({ text }) => note(text));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node.text);
    const isShown = ts.isJsxExpression(node) && (ts.isJsxElement(node.parent) || ts.isJsxFragment(node.parent));
    if (isShown && node.expression !== undefined) noteAll(node.expression);
    if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText(file)) && node.initializer !== undefined) {
      const value = ts.isJsxExpression(node.initializer) ? node.initializer.expression : node.initializer;
      if (value !== undefined && ts.isExpression(value)) noteAll(value);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe('the texts of the window', () => {
  const portuguese = new Map(leaves(texts['pt-BR'], ''));
  const english = new Map(leaves(texts.en, ''));

  it('are the same in number and kind in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...portuguese.keys()].sort());
    const otherKind = [...portuguese].filter(([key, value]) => typeof english.get(key) !== typeof value);
    expect(otherKind).toEqual([]);
    const otherLength = [...portuguese].filter(
      ([key, value]) => Array.isArray(value) && (english.get(key) as unknown[]).length !== value.length,
    );
    expect(otherLength).toEqual([]);
  });

  it('are never empty', () => {
    const empty = [...portuguese, ...english].filter(([, value]) => value === '' || value === undefined);
    expect(empty).toEqual([]);
  });

  it('are all in the texts: no component has words of its own', () => {
    expect(components.length).toBeGreaterThan(30);
    expect(components.flatMap(([name, source]) => findHardCoded(name, source))).toEqual([]);
  });

  it('would be found if they were in a component', () => {
    const planted = `const a = <p title="Olá">Vender {'agora'} <input placeholder={"CPF"} className="x" /></p>`;
    expect(findHardCoded('planted.tsx', planted)).toHaveLength(4);
    const hidden = 'const b = <>{isOpen ? `aberto ${n}` : t.till.none}{hasSale && "venda"}<i title={a ?? "nada"} /></>';
    expect(findHardCoded('hidden.tsx', hidden)).toHaveLength(3);
  });

  it('are all used by some component', () => {
    const source = Object.entries(sources)
      .filter(([name]) => !name.includes('/i18n/'))
      .map(([, text]) => text)
      .join('\n');
    // `t.load[step.state]` and `t.ready[state]` read these by name.
    const byName = new Set([
      'load.waiting',
      'load.running',
      'load.done',
      'load.failed',
      'ready.present',
      'ready.missing',
      'ready.unknown',
    ]);
    const unused = [...portuguese.keys()].filter((key) => !byName.has(key) && !source.includes(`.${key}`));
    expect(unused).toEqual([]);
  });
});
