/** A kind of garment: how it is named, classified, sized and priced (whole reais, the generator adds ,90). */
export type GarmentKind = {
  readonly prefix: string;
  readonly noun: string;
  readonly group: string;
  readonly department: string;
  readonly ncm: string;
  readonly unit: string;
  readonly sizes: readonly string[];
  readonly styles: readonly string[];
  readonly priceFrom: number;
  readonly priceTo: number;
  readonly maxColours: number;
};

const LETTERS = ['PP', 'P', 'M', 'G', 'GG'];
const TROUSERS = ['36', '38', '40', '42', '44', '46'];
const WOMENS_SHOES = ['34', '35', '36', '37', '38', '39'];
const MENS_SHOES = ['38', '39', '40', '41', '42', '43'];
const KIDS = ['4', '6', '8', '10', '12'];

export const GARMENT_KINDS: readonly GarmentKind[] = [
  kind('CM', 'Camiseta', 'Camisetas', 'Feminino', '61091000', LETTERS, ['Básica', 'Gola V', 'Canelada', 'Oversized', 'Estonada'], 49, 129, 3),
  kind('CH', 'Camiseta', 'Camisetas', 'Masculino', '61091000', LETTERS, ['Slim', 'Raglan', 'Pima', 'Manga Longa', 'Tingida'], 59, 149, 3),
  kind('VE', 'Vestido', 'Vestidos', 'Feminino', '62044200', LETTERS, ['Midi', 'Longo', 'Chemise', 'Envelope', 'Evasê', 'Tubinho'], 149, 459, 2),
  kind('CJ', 'Calça Jeans', 'Calças', 'Feminino', '62046200', TROUSERS, ['Skinny', 'Wide Leg', 'Mom', 'Reta', 'Flare'], 129, 329, 1),
  kind('CA', 'Calça', 'Calças', 'Masculino', '62034200', TROUSERS, ['Chino', 'Alfaiataria', 'Jogger', 'Cargo'], 139, 349, 1),
  kind('SA', 'Saia', 'Saias', 'Feminino', '62045200', LETTERS, ['Midi', 'Plissada', 'Lápis', 'Jeans', 'Godê'], 89, 259, 2),
  kind('BE', 'Bermuda', 'Bermudas', 'Masculino', '62034200', TROUSERS, ['Sarja', 'Jeans', 'Linho', 'Moletom'], 79, 199, 1),
  kind('BL', 'Blusa', 'Blusas', 'Feminino', '62064000', LETTERS, ['Ciganinha', 'Peplum', 'de Alça', 'Cropped', 'de Tricô'], 69, 219, 2),
  kind('CS', 'Camisa', 'Camisas', 'Masculino', '62052000', LETTERS, ['Social', 'de Linho', 'Oxford', 'Xadrez'], 119, 289, 2),
  kind('JA', 'Jaqueta', 'Casacos', 'Feminino', '62043200', LETTERS, ['Jeans', 'Puffer', 'Bomber', 'Corta Vento'], 199, 599, 1),
  kind('IN', 'Conjunto', 'Infantil', 'Infantil', '61112000', KIDS, ['Moletom', 'Verão', 'Pijama', 'Listrado'], 69, 189, 1),
  kind('SP', 'Sapato', 'Calçados', 'Feminino', '64039990', WOMENS_SHOES, ['Scarpin', 'Mocassim', 'Mule', 'Anabela'], 129, 399, 1, 'PAR'),
  kind('SN', 'Sandália', 'Calçados', 'Feminino', '64029990', WOMENS_SHOES, ['Rasteira', 'Salto Bloco', 'Papete', 'Gladiadora'], 79, 299, 1, 'PAR'),
  kind('TE', 'Tênis', 'Calçados', 'Masculino', '64041900', MENS_SHOES, ['Casual', 'Corrida', 'Cano Alto', 'Couro'], 149, 499, 1, 'PAR'),
  kind('BO', 'Bolsa', 'Bolsas', 'Acessórios', '42022210', ['U'], ['Tote', 'Tiracolo', 'Saco', 'Baguete', 'Mochila'], 129, 599, 4),
  kind('CI', 'Cinto', 'Acessórios', 'Acessórios', '42033000', ['P', 'M', 'G'], ['Couro', 'Trançado', 'Fivela Dupla'], 49, 149, 2),
  kind('AC', 'Acessório', 'Acessórios', 'Acessórios', '71171900', ['U'], ['Colar', 'Brinco Argola', 'Pulseira', 'Lenço de Seda', 'Óculos'], 29, 159, 3),
];

export const COLOURS: readonly string[] = [
  'Preto', 'Branco', 'Azul Marinho', 'Off White', 'Vermelho', 'Verde Militar', 'Rosa Antigo', 'Caramelo', 'Cinza Mescla',
  'Amarelo Mostarda', 'Lilás', 'Bordô', 'Azul Claro', 'Terracota', 'Nude', 'Jeans Médio',
];

/** The first print is "no print", whose internal id is 0. */
export const PRINTS: readonly string[] = ['', 'Floral', 'Listras', 'Poá', 'Animal Print', 'Xadrez Vichy', 'Tie Dye', 'Folhagem'];

export const FABRICS: readonly string[] = ['Algodão', 'Viscose', 'Linho', 'Malha', 'Tricoline', 'Crepe', 'Sarja', 'Couro Ecológico'];

export const BRANDS: readonly string[] = ['Maré Alta', 'Flor de Ipê', 'Dona Chita', 'Urbano 11', 'Serra & Sol', 'Ateliê Jacarandá', 'Costa Brava', 'Pé na Areia'];

export const COLLECTIONS: readonly string[] = ['Verão 2027', 'Alto Verão 2027', 'Inverno 2026', 'Primavera 2026', 'Essenciais'];

function kind(
  prefix: string, noun: string, group: string, department: string, ncm: string, sizes: readonly string[],
  styles: readonly string[], priceFrom: number, priceTo: number, maxColours: number, unit = 'PC',
): GarmentKind {
  return { prefix, noun, group, department, ncm, unit, sizes, styles, priceFrom, priceTo, maxColours };
}
