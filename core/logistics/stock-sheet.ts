import { FORM_HEAD } from "../facilities/form-head.ts";

/** The columns of a sheet of stock in the form of the LPLPO, in their order: the one list for its reader, its template and its documentation. */
export const STOCK_SHEET = [
	...FORM_HEAD,
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
