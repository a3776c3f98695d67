/** The columns of a sheet of stock in the form of the LPLPO, in their order: the one list for its reader, its template and its documentation. */
export const STOCK_SHEET = [
	{
		name: "kode_faskes",
		other: "facility_code",
		about: "code of the facility, such as 3573017",
	},
	{
		name: "faskes",
		other: "facility",
		about: "its name, where it has no code",
	},
	{
		name: "kode_wilayah",
		other: "area_code",
		about: "kabupaten/kota in which it lies, such as 35.73; beside a name",
	},
	{
		name: "tanggal",
		other: "day",
		about: "day of the count, such as 2020-12-26",
	},
	{
		name: "sejak",
		other: "since",
		about:
			"first day of what was received and used; empty: the day of the count alone",
	},
	{ name: "barang", other: "item", about: "id of the item in the catalogue" },
	{
		name: "satuan",
		other: "unit",
		about:
			"unit of the catalogue, or kemasan (packs); empty: the unit of the catalogue",
	},
	{ name: "stok_awal", other: "opening", about: "held before the first day" },
	{ name: "penerimaan", other: "received", about: "received in the period" },
	{ name: "pemakaian", other: "used", about: "used in the period" },
	{
		name: "sisa_stok",
		other: "closing",
		about: "counted at the end of the day",
	},
	{
		name: "lot",
		other: "lot_number",
		about: "lot; a further lot is a further line",
	},
	{
		name: "kedaluwarsa",
		other: "expiry",
		about: "last day on which the lot may be used",
	},
	{
		name: "jumlah_lot",
		other: "lot_units",
		about: "units of the lot; empty: all that was counted",
	},
	{
		name: "dalam_perjalanan",
		other: "in_transit",
		about: "sent and not arrived",
	},
	{ name: "permintaan", other: "requested", about: "asked for" },
] as const;

/** The amounts of a line of a sheet, in units of the catalogue. */
export const STOCK_AMOUNTS = [
	"opening",
	"received",
	"used",
	"closing",
	"in_transit",
	"requested",
] as const;
export type StockAmount = (typeof STOCK_AMOUNTS)[number];
