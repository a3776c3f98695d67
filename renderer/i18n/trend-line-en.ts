/** The texts of the trend line of an area in English (Indonesian: trend-line-id.ts). */
export const trendLineEn = {
	highest: "highest {{value}} · {{day}}",
	highestSince: "highest since {{since}}: {{value}} · {{day}}",
	of: "Trend line of {{area}}, {{label}}. Press for its table.",
	value: "Value",
	title: "{{area}} day by day",
};
