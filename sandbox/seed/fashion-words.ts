// Lists that internal ids index: append only, or a catalogue of the same seed changes its ids.

export const COLOURS: readonly string[] = [
  'Preto',
  'Branco',
  'Azul Marinho',
  'Off White',
  'Vermelho',
  'Verde Militar',
  'Rosa Antigo',
  'Caramelo',
  'Cinza Mescla',
  'Amarelo Mostarda',
  'Lilás',
  'Bordô',
  'Azul Claro',
  'Terracota',
  'Nude',
  'Jeans Médio',
];

/** The first print is "no print", whose internal id is 0. */
export const PRINTS: readonly string[] = [
  '',
  'Floral',
  'Listras',
  'Poá',
  'Animal Print',
  'Xadrez Vichy',
  'Tie Dye',
  'Folhagem',
];

export const BRANDS: readonly string[] = [
  'Maré Alta',
  'Flor de Ipê',
  'Dona Chita',
  'Urbano 11',
  'Serra & Sol',
  'Ateliê Jacarandá',
  'Costa Brava',
  'Pé na Areia',
];

export const COLLECTIONS: readonly string[] = [
  'Verão 2027',
  'Alto Verão 2027',
  'Inverno 2026',
  'Primavera 2026',
  'Essenciais',
];
