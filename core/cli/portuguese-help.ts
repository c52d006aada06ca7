import type { Command, Option } from 'commander';

/** Commander's headings and placeholders; it has no other way to name them than after it wrote them. */
const HEADINGS: Readonly<Record<string, string>> = {
  'Usage:': 'Uso:',
  'Arguments:': 'Argumentos:',
  'Options:': 'Opções:',
  'Commands:': 'Comandos:',
};

/** Commander's sentences, whole: one that a newer version words anew stays English and fails the test of this file. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown option '(.*?)'/, 'A opção $1 não existe.'],
  [/^error: unknown command '(.*?)'/, 'O comando $1 não existe.'],
  [/^error: missing required argument '(.*?)'/, 'Falta o argumento <$1>.'],
  [/^error: option '(.*?)' argument missing/, 'Falta o valor da opção $1.'],
  [/^error: required option '(.*?)' not specified/, 'Falta a opção $1.'],
  [/^error: option '(.*?)' argument '(.*?)' is invalid\./s, 'O valor $2 não serve para $1.'],
  [/^error: command-argument value '(.*?)' is invalid for argument '(.*?)'\./s, 'O valor $1 não serve para <$2>.'],
  [
    /^error: too many arguments(?: for '(?:.*?)')?\. Expected \d+ arguments? but got \d+: (.*)\./s,
    'Sobra na linha de comando: $1.',
  ],
  [/^error: option '(.*?)' cannot be used with option '(.*?)'/, 'A opção $1 não combina com $2.'],
  [/Allowed choices are (.*)\.$/m, 'Use um destes: $1.'],
  [/\(Did you mean (?:one of )?(.*?)\?\)/, 'Seria $1?'],
];

/** Makes `program`, and the commands added to it afterwards, speak Portuguese where commander speaks English. */
export function speakPortuguese(program: Command): void {
  program
    .helpOption('-h, --help', 'mostra esta ajuda')
    .showHelpAfterError('Veja as opções com `station --help` ou `station COMANDO --help`.')
    .configureHelp({
      styleTitle: (title) => HEADINGS[title] ?? title,
      styleUsage: toPortuguesePlaceholders,
      styleSubcommandTerm: toPortuguesePlaceholders,
      optionDescription: describeOption,
      // Choices and defaults of an argument are said in its description.
      argumentDescription: ({ description }) => description,
    })
    .configureOutput({ outputError: (text, write) => write(toPortugueseError(text)) });
  nameHelpCommand(program);
}

/** `help` of a command that has commands below it; commander does not hand this one down. */
export function nameHelpCommand(command: Command): void {
  command.helpCommand('help [comando]', 'mostra a ajuda de um comando');
}

function toPortugueseError(text: string): string {
  return SENTENCES.reduce((said, [english, portuguese]) => said.replace(english, portuguese), text);
}

function toPortuguesePlaceholders(text: string): string {
  return text.replaceAll('[options]', '[opções]').replaceAll('[command]', '[comando]');
}

function describeOption({ description, argChoices, defaultValue }: Option): string {
  const isWorthSaying = defaultValue !== undefined && typeof defaultValue !== 'boolean' && !Array.isArray(defaultValue);
  const more = [
    ...(argChoices === undefined ? [] : [argChoices.join(' ou ')]),
    ...(isWorthSaying ? [`padrão: ${String(defaultValue)}`] : []),
  ];
  return more.length === 0 ? description : `${description} (${more.join('; ')})`;
}
