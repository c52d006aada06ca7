/** A kind of garment: how it is named, classified, sized and priced (whole reais; tags end in 9,90). */
export type GarmentKind = {
  readonly prefix: string;
  readonly noun: string;
  readonly group: string;
  readonly department: string;
  readonly ncm: string;
  readonly unit: string;
  readonly sizes: readonly string[];
  readonly styles: readonly string[];
  readonly fabrics: readonly string[];
  readonly priceFrom: number;
  readonly priceTo: number;
  readonly maxColours: number;
};

// prefix | noun | group | department | NCM | sizes | styles | fabrics | price from-to | most colours | unit
const TABLE = `
CM | Camiseta | Camisetas | Feminino | 61091000 | PP P M G GG | Básica, Gola V, Canelada, Oversized, Estonada | Algodão, Viscose, Malha | 49-129 | 3 | PC
CH | Camiseta | Camisetas | Masculino | 61091000 | PP P M G GG | Slim, Raglan, Manga Longa, Tingida | Algodão Pima, Malha, Linho | 59-149 | 3 | PC
VE | Vestido | Vestidos | Feminino | 62044200 | PP P M G GG | Midi, Longo, Chemise, Envelope, Evasê, Tubinho | Viscose, Linho, Crepe, Tricoline | 149-459 | 2 | PC
CJ | Calça Jeans | Calças | Feminino | 62046200 | 36 38 40 42 44 46 | Skinny, Wide Leg, Mom, Reta, Flare | com Elastano, Escura, Destroyed | 129-329 | 1 | PC
CA | Calça | Calças | Masculino | 62034200 | 38 40 42 44 46 48 | Chino, Alfaiataria, Jogger, Cargo | Sarja, Linho, Algodão | 139-349 | 1 | PC
SA | Saia | Saias | Feminino | 62045200 | PP P M G GG | Midi, Plissada, Lápis, Godê, Evasê | Viscose, Crepe, Jeans | 89-259 | 2 | PC
BE | Bermuda | Bermudas | Masculino | 62034200 | 38 40 42 44 46 48 | Slim, Cargo, Chino, com Cordão | Sarja, Jeans, Linho, Moletom | 79-199 | 1 | PC
BL | Blusa | Blusas | Feminino | 62064000 | PP P M G GG | Ciganinha, Peplum, de Alça, Cropped | Viscose, Tricô, Crepe, Linho | 69-219 | 2 | PC
CS | Camisa | Camisas | Masculino | 62052000 | PP P M G GG | Social, Slim, Gola Padre, Manga Curta | Tricoline, Linho, Oxford | 119-289 | 2 | PC
JA | Jaqueta | Casacos | Feminino | 62043200 | PP P M G GG | Puffer, Bomber, Corta Vento, Perfecto | Jeans, Nylon, Couro Ecológico | 199-599 | 1 | PC
IN | Conjunto Infantil | Infantil | Infantil | 61112000 | 4 6 8 10 12 | Moletom, Pijama, Verão, Listrado | Algodão, Malha | 69-189 | 1 | PC
SP | Sapato | Calçados | Feminino | 64039990 | 34 35 36 37 38 39 | Scarpin, Mocassim, Mule, Anabela | Couro, Camurça, Verniz | 129-399 | 1 | PAR
SN | Sandália | Calçados | Feminino | 64029990 | 34 35 36 37 38 39 | Rasteira, Salto Bloco, Papete, Gladiadora | Couro, Corda | 79-299 | 1 | PAR
TE | Tênis | Calçados | Masculino | 64041900 | 38 39 40 41 42 43 | Casual, Corrida, Cano Alto | Couro, Lona, Knit | 149-499 | 1 | PAR
BO | Bolsa | Bolsas | Acessórios | 42022210 | U | Tote, Tiracolo, Saco, Baguete, Mochila | Couro, Couro Ecológico, Lona, Palha | 129-599 | 4 | PC
CI | Cinto | Acessórios | Acessórios | 42033000 | P M G | Clássico, Trançado, Fivela Dupla | Couro, Couro Ecológico | 49-149 | 2 | PC
AC | Acessório | Acessórios | Acessórios | 71171900 | U | Colar, Brinco Argola, Pulseira, Tiara | Dourado, Prateado, Resina | 29-159 | 3 | PC
`;

/** What a fashion store sells; the generator draws each product from one of these. */
export function readGarmentKinds(): readonly GarmentKind[] {
  return TABLE.trim().split('\n').map(readKind);
}

function readKind(line: string): GarmentKind {
  const [
    prefix = '',
    noun = '',
    group = '',
    department = '',
    ncm = '',
    sizes = '',
    styles = '',
    fabrics = '',
    price = '',
    colours = '',
    unit = '',
  ] = line.split('|').map((cell) => cell.trim());
  const [priceFrom = 0, priceTo = 0] = price.split('-').map(Number);
  return {
    prefix,
    noun,
    group,
    department,
    ncm,
    unit,
    sizes: sizes.split(' '),
    styles: styles.split(', '),
    fabrics: fabrics.split(', '),
    priceFrom,
    priceTo,
    maxColours: Number(colours),
  };
}
