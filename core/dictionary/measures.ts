import type { Measure } from "../series/measure.ts";
import { type Both, type Entry, undocumented } from "./entry.ts";

const asIndicator: Both = {
	id: "satuan indikatornya",
	en: "the unit of the indicator",
};
const perPeople: Both = {
	id: "per 100.000 penduduk",
	en: "for each 100,000 people",
};

/** In which ways an indicator is shown; how each is computed stands in core/series/measure and docs/models.md. */
export const MEASURE_ENTRIES: Readonly<Record<Measure, Entry>> = {
	total: undocumented(
		{
			id: "Angka indikator seperti dilaporkan: jumlah sejak awal sampai hari itu, atau keadaan pada hari itu.",
			en: "The indicator as reported: the count from the beginning up to the day, or the state on the day.",
		},
		asIndicator,
		{
			id: "Jumlah wilayah di bawahnya hanya memuat yang melapor; berapa dari berapa tertulis di sampingnya.",
			en: "A sum of the areas below holds those that reported alone; how many of how many stands beside it.",
		},
		["per100k", "new7"],
	),
	per100k: undocumented(
		{
			id: "Jumlah dibagi penduduk wilayah yang melapor, dikali 100.000.",
			en: "The total divided by the people of the areas that reported, times 100,000.",
		},
		perPeople,
		{
			id: "Tidak ada bila jumlah penduduknya tidak diketahui. Penduduk yang dibagi dari sensus ditandai.",
			en: "There is none where the number of people is not known. People divided from the census are marked.",
		},
		["total", "new7per100k"],
	),
	new7: undocumented(
		{
			id: "Yang baru dalam tujuh hari sampai hari itu, dari indikator yang dihitung sejak awal; koreksi disebut tersendiri.",
			en: "What is new over the seven days that end on the day, of an indicator counted from the beginning; corrections are told apart.",
		},
		asIndicator,
		{
			id: "Hanya wilayah yang melapor pada kedua ujung yang dibandingkan. Minggu yang lebih pendek dan yang melintasi perubahan definisi ditandai.",
			en: "Only areas that reported at both ends are compared. A shorter week, and one that runs across a change of definition, is marked.",
		},
		["total", "new7per100k", "change7"],
	),
	new7per100k: undocumented(
		{
			id: "Baru 7 hari dibagi penduduk wilayah yang melapor pada kedua ujungnya, dikali 100.000.",
			en: "New over 7 days divided by the people of the areas that reported at both ends, times 100,000.",
		},
		perPeople,
		null,
		["new7", "per100k"],
	),
	change7: undocumented(
		{
			id: "Selisih dengan tujuh hari sebelumnya, dari indikator yang berupa keadaan; hanya wilayah yang melapor pada kedua hari.",
			en: "The difference to seven days before, of an indicator that is a state; only of areas that reported on both days.",
		},
		asIndicator,
		{
			id: "Dapat di bawah nol: keadaan boleh turun tanpa ada koreksi.",
			en: "It may be below zero: a state may fall without a correction.",
		},
		["total", "new7"],
	),
};
