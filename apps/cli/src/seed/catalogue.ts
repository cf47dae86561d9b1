/** What a supply chain makes, of what. References are five digits of the maker's (of materials: of the supplier's) GTINs. */
export interface ProductFamily {
  readonly product: { readonly reference: string; readonly name: string; readonly description: string };
  readonly raw: { readonly reference: string; readonly name: string };
  readonly half: { readonly reference: string; readonly name: string };
  readonly packaging: { readonly reference: string; readonly name: string };
  /** Kilograms of the half-finished product in one piece. */
  readonly kilograms: number;
  readonly perCase: number;
  /** Every piece has a serial number; otherwise pieces are known by their lot. */
  readonly isSerialised: boolean;
  /** °C; more than this in transit is a breach. */
  readonly temperatureMax: number | undefined;
  /** Two letters, ISO 3166-1. */
  readonly origins: readonly string[];
  readonly shelfLifeDays: number;
}

export const CATALOGUE: readonly ProductFamily[] = [
  {
    product: { reference: '00101', name: 'Extra virgin olive oil, 500 ml', description: 'Glass bottle' },
    raw: { reference: '00201', name: 'Olives, Koroneiki' },
    half: { reference: '00301', name: 'Olive oil, filtered' },
    packaging: { reference: '00401', name: 'Glass bottle, 500 ml' },
    kilograms: 0.458,
    perCase: 6,
    isSerialised: true,
    temperatureMax: undefined,
    origins: ['GR', 'IT', 'ES'],
    shelfLifeDays: 540,
  },
  {
    product: { reference: '00102', name: 'Tomato passata, 700 g', description: 'Glass jar' },
    raw: { reference: '00202', name: 'Tomatoes, San Marzano' },
    half: { reference: '00302', name: 'Tomato purée' },
    packaging: { reference: '00402', name: 'Glass jar, 720 ml' },
    kilograms: 0.7,
    perCase: 24,
    isSerialised: false,
    temperatureMax: undefined,
    origins: ['IT'],
    shelfLifeDays: 720,
  },
  {
    product: { reference: '00103', name: 'Espresso beans, 1 kg', description: 'Bag with valve' },
    raw: { reference: '00203', name: 'Green coffee, Arabica' },
    half: { reference: '00303', name: 'Coffee, roasted' },
    packaging: { reference: '00403', name: 'Valve bag, 1 kg' },
    kilograms: 1,
    perCase: 4,
    isSerialised: true,
    temperatureMax: undefined,
    origins: ['ET', 'CO', 'BR'],
    shelfLifeDays: 365,
  },
  {
    product: { reference: '00104', name: 'Salmon fillet, smoked, 200 g', description: 'Vacuum pack, keep below 5 °C' },
    raw: { reference: '00204', name: 'Atlantic salmon, gutted' },
    half: { reference: '00304', name: 'Salmon sides, smoked' },
    packaging: { reference: '00404', name: 'Vacuum pouch, 200 g' },
    kilograms: 0.2,
    perCase: 24,
    isSerialised: false,
    temperatureMax: 5,
    origins: ['NO', 'GB'],
    shelfLifeDays: 28,
  },
  {
    product: { reference: '00105', name: 'Insulin pen, 3 ml', description: 'Keep at 2 °C to 8 °C' },
    raw: { reference: '00205', name: 'Insulin, active ingredient' },
    half: { reference: '00305', name: 'Insulin solution, sterile' },
    packaging: { reference: '00405', name: 'Pen injector, empty' },
    kilograms: 0.003,
    perCase: 5,
    isSerialised: true,
    temperatureMax: 8,
    origins: ['DK', 'DE'],
    shelfLifeDays: 900,
  },
  {
    product: { reference: '00106', name: 'Dark chocolate 70 %, 100 g', description: 'Bar in paper' },
    raw: { reference: '00206', name: 'Cocoa beans, fermented' },
    half: { reference: '00306', name: 'Chocolate mass' },
    packaging: { reference: '00406', name: 'Paper wrapper, 100 g bar' },
    kilograms: 0.1,
    perCase: 30,
    isSerialised: false,
    temperatureMax: 22,
    origins: ['GH', 'EC'],
    shelfLifeDays: 480,
  },
];
