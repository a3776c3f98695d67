/** The texts of the trend line of an area in Indonesian (English: trend-line-en.ts). */
export const trendLineId = {
	highest: "tertinggi {{value}} · {{day}}",
	highestSince: "tertinggi sejak {{since}}: {{value}} · {{day}}",
	of: "Garis tren {{area}}, {{label}}. Tekan untuk tabelnya.",
	value: "Nilai",
	title: "{{area}} dari hari ke hari",
};
