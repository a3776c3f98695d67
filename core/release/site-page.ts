import { type Day, dayInWib } from "../series/day.ts";
import type { IndicatorKey } from "../series/indicator.ts";
import { indicatorByKey } from "../series/indicator.ts";
import { utf8Length } from "../writing/utf8-length.ts";
import { cellAt, countsUp } from "./counted-table.ts";
import { LICENCE, type ReleaseFacts, TITLE } from "./release-facts.ts";
import { type ReleasedTable, shownCell, withheldShares } from "./shown-cell.ts";
import { siteFigures } from "./site-figures.ts";
import {
	dayWords,
	numberWords,
	SITE_FILES,
	SITE_LANGUAGES,
	SITE_WORDS,
	type SiteLanguage,
} from "./site-words.ts";

/** Where each language stands: the first is what a web server shows. */
const PAGE = { id: "index.html", en: "en.html" } as const;

/**
 * The pages of a release and the counts that they draw, by name. They need no server and no other address: the counts are a script, since a page
 * that is opened from a folder may fetch nothing.
 * @param files what is to be downloaded, by name
 */
export function sitePages(
	content: ReleasedTable,
	facts: ReleaseFacts,
	files: ReadonlyMap<string, string>,
): Map<string, string> {
	const figures = JSON.stringify(siteFigures(content));
	return new Map([
		...SITE_LANGUAGES.map((language): [string, string] => [
			PAGE[language],
			page(language, facts, {
				scripts: [SITE_FILES.map, SITE_FILES.script],
				every: content.recipe.every,
				rounding: content.recipe.rounding,
				about: about(content, facts, language),
				body: body(content, facts, files, language),
			}),
		]),
		[SITE_FILES.figures, `self.ANGKA = ${figures};\n`],
	]);
}

/** The pages that stand in the place of a release that was withdrawn. */
export function withdrawnPages(facts: ReleaseFacts): Map<string, string> {
	return new Map(
		SITE_LANGUAGES.map((language) => {
			const words = SITE_WORDS[language];
			const number = numberWords(facts.number, language);
			return [
				PAGE[language],
				page(language, facts, {
					scripts: [],
					about: "",
					body: `<main id="isi"><section><h2>${words.withdrawnTitle(number)}</h2><p>${words.withdrawnText}</p>${changelog(facts, language)}</section></main>`,
				}),
			];
		}),
	);
}

/** Text as HTML shows it. */
const shown = (text: string): string =>
	text.replace(
		/[&<>"']/g,
		(sign) =>
			({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[
				sign
			] as string,
	);

/** No address but this page's own is asked for anything, whatever stands in it. */
const POLICY =
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

function page(
	language: SiteLanguage,
	{ exercise }: ReleaseFacts,
	{
		scripts,
		about,
		body,
		every,
		rounding,
	}: {
		scripts: readonly string[];
		about: string;
		body: string;
		every?: string;
		rounding?: number;
	},
): string {
	const words = SITE_WORDS[language];
	const other = language === "id" ? "en" : "id";
	const title = TITLE[language];
	const named = exercise
		? `${language === "id" ? "LATIHAN" : "EXERCISE"}: ${title}`
		: title;
	const given = every
		? ` data-every="${every}" data-rounding="${rounding}"`
		: "";
	return `<!doctype html>
<html lang="${language}"${given}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${named}</title>
<link rel="icon" href="data:,">
<link rel="alternate" hreflang="${other}" href="${PAGE[other]}">
<link rel="stylesheet" href="${SITE_FILES.style}">
${scripts.map((name) => `<script defer src="${name}"></script>\n`).join("")}</head>
<body>
<a class="lewati" href="#isi">${words.skip}</a>
${exercise ? `<p class="latihan" role="note">${words.exercise}</p>\n` : ""}<header>
<div><h1>${title}</h1>${about}</div>
<a id="bahasa" lang="${other}" hreflang="${other}" href="${PAGE[other]}">${words.otherLanguage}</a>
</header>
${body}
</body>
</html>
`;
}

function about(
	{ table, recipe }: ReleasedTable,
	{ number, at }: ReleaseFacts,
	language: SiteLanguage,
): string {
	const words = SITE_WORDS[language];
	const last = dayWords(table.days.at(-1) as Day, language);
	return `<p class="rilis">${words.release(numberWords(number, language), dayWords(dayInWib(at), language))}. ${words.until(last)}, ${words.every[recipe.every]}.</p>`;
}

function body(
	content: ReleasedTable,
	facts: ReleaseFacts,
	given: ReadonlyMap<string, string>,
	language: SiteLanguage,
): string {
	const words = SITE_WORDS[language];
	const sections = [
		["peta", words.map],
		["tabel", words.table],
		["tren", words.trend],
		["unduhan", words.downloads],
		["catatan", words.notes],
		["lisensi", words.licence],
	] as const;
	const heading = (key: (typeof sections)[number][0]) =>
		`<h2 id="judul-${key}">${sections.find(([of]) => of === key)?.[1]}</h2>`;
	return `<nav aria-label="${words.contents}"><ul>${sections.map(([key, name]) => `<li><a href="#judul-${key}">${name}</a></li>`).join("")}</ul></nav>
<main id="isi">
${newest(content, language)}
<noscript><p class="pesan">${words.noScript}</p></noscript>
<p id="keadaan" class="pesan" role="status" hidden>${words.loading}</p>
<section id="peta" aria-labelledby="judul-peta" hidden>${heading("peta")}</section>
<section id="tabel" aria-labelledby="judul-tabel">${heading("tabel")}
${areasTable(content, language)}</section>
<section id="tren" aria-labelledby="judul-tren" hidden>${heading("tren")}</section>
<section id="unduhan" aria-labelledby="judul-unduhan">${heading("unduhan")}
${downloads(given, language)}</section>
<section id="catatan" aria-labelledby="judul-catatan">${heading("catatan")}
${notes(content, facts, language)}</section>
<section id="lisensi" aria-labelledby="judul-lisensi">${heading("lisensi")}
<p>${words.licenceText} <a href="${LICENCE.path}" rel="license">${LICENCE.title}</a>.</p>
<ul>${words.sources.map((source) => `<li>${source}</li>`).join("")}</ul></section>
</main>`;
}

/** A count, or the word for why there is none: the same in every place of the page that has no script. */
function cellHtml(
	content: ReleasedTable,
	cell: number,
	language: SiteLanguage,
): string {
	const { state, value } = shownCell(content, cell);
	const word = SITE_WORDS[language].states[state];
	if (value === null) return `<span class="${state}">${word}</span>`;
	return `${numberWords(value, language)}${word ? ` <small>${word}</small>` : ""}`;
}

const nameOf = (key: IndicatorKey, language: SiteLanguage) =>
	indicatorByKey(key)[language === "id" ? "id_name" : "en_name"];

/** The counts of the whole, as the first thing that is seen. */
function newest(content: ReleasedTable, language: SiteLanguage): string {
	const { table } = content;
	const at = table.areas.findIndex(({ level }) => level === "nation");
	if (at < 0) return "";
	const last = table.days.length - 1;
	const tiles = table.indicators.map(
		(key, indicator) =>
			`<div><dt>${nameOf(key, language)}</dt><dd>${cellHtml(content, cellAt(table, indicator, at, last), language)}</dd></div>`,
	);
	return `<section aria-labelledby="judul-terbaru"><h2 id="judul-terbaru">${SITE_WORDS[language].newest}</h2><dl class="angka">${tiles.join("")}</dl></section>`;
}

/** The newest counts of the areas next below the whole: what the script then draws for any day and area. */
function areasTable(content: ReleasedTable, language: SiteLanguage): string {
	const words = SITE_WORDS[language];
	const { table } = content;
	const levels = new Set(table.areas.map(({ level }) => level));
	const level = (["province", "regency", "nation"] as const).find((one) =>
		levels.has(one),
	);
	if (level === undefined) return "";
	const last = table.days.length - 1;
	const rows = table.areas.flatMap((area, at) =>
		area.level === level
			? [
					`<tr><th scope="row">${shown(area.name)}</th>${table.indicators.map((_, indicator) => `<td>${cellHtml(content, cellAt(table, indicator, at, last), language)}</td>`).join("")}</tr>`,
				]
			: [],
	);
	const caption = words.tableOf(
		words.levels[level],
		dayWords(table.days[last] as Day, language),
	);
	return `<div class="gulir" role="group" tabindex="0" aria-labelledby="judul-tabel"><table id="wilayah"><caption>${caption}</caption><thead><tr><th scope="col">${words.area}</th>${table.indicators.map((key) => `<th scope="col">${nameOf(key, language)}</th>`).join("")}</tr></thead><tbody>
${rows.join("\n")}
</tbody></table></div>`;
}

function downloads(
	given: ReadonlyMap<string, string>,
	language: SiteLanguage,
): string {
	const { files } = SITE_WORDS[language];
	const items = Object.entries(files).flatMap(([name, about]) => {
		const text = given.get(name);
		const size = text === undefined ? undefined : utf8Length(text);
		// Checksums are of this page too, and cannot be known in it.
		if (size === undefined && !name.startsWith("SHA256SUMS")) return [];
		const kilobytes =
			size === undefined
				? ""
				: ` (${numberWords(Math.ceil(size / 1000), language)} kB)`;
		return [
			`<li><a href="${name}" download>${name}</a>${kilobytes}: ${about}</li>`,
		];
	});
	return `<ul class="unduhan">${items.join("")}</ul>`;
}

function notes(
	content: ReleasedTable,
	facts: ReleaseFacts,
	language: SiteLanguage,
): string {
	const words = SITE_WORDS[language];
	const { recipe } = content;
	const number = (value: number) => numberWords(value, language);
	const small = number(recipe.threshold);
	const reasons = [
		...(recipe.threshold > 1 ? [words.withheldSmall(small)] : []),
		recipe.zero === "withheld" ? words.withheldZero : words.shownZero,
		recipe.changes === "protected"
			? words.withheldSteps(small)
			: words.openSteps,
		...(recipe.dominance
			? [
					words.withheldDominance(
						number(recipe.dominance.areas),
						number(recipe.dominance.percent),
					),
				]
			: []),
		words.withheldBeside,
	];
	const stocks = recipe.indicators
		.filter((key) => !countsUp(key))
		.map((key) => nameOf(key, language));
	const shares = withheldShares(content).map(
		({ indicator, level, withheld, reported }) =>
			`<tr><th scope="row">${nameOf(indicator, language)}</th><td class="kata">${words.levels[level as keyof typeof words.levels]}</td><td>${number(withheld)}</td><td>${number(reported)}</td></tr>`,
	);
	return `<h3>${words.method}</h3>
<p>${words.methodText(number(facts.seq), `<code>${recipe.name} ${recipe.version}</code>`)}</p>
${
	stocks.length > 0
		? `<p>${words.onDay(stocks.join(", "))}</p>
`
		: ""
}<p>${words.silent}</p>
<h3>${words.withheldTitle}</h3>
<p>${reasons.join(" ")}</p>
<p>${words.attacked}</p>
<div class="gulir" role="region" tabindex="0" aria-label="${words.howMuch}"><table id="ditahan"><caption>${words.howMuch}</caption><thead><tr><th scope="col">${words.indicator}</th><th scope="col" class="kata">${words.area}</th><th scope="col">${words.withheldColumn}</th><th scope="col">${words.reportedColumn}</th></tr></thead><tbody>${shares.join("")}</tbody></table></div>
<h3>${words.roundingTitle}</h3>
<p>${recipe.rounding === 1 ? words.notRounded : words.roundedTo(number(recipe.rounding))}</p>
<h3>${words.delayTitle}</h3>
<p>${recipe.delay === 0 ? words.notDelayed : words.delayed(number(recipe.delay))}</p>
${changelog(facts, language)}`;
}

/** The public notes, the newest first. */
function changelog({ notes }: ReleaseFacts, language: SiteLanguage): string {
	const words = SITE_WORDS[language];
	const number = (value: number) => numberWords(value, language);
	const items = [...notes].reverse().map(({ at, release, kind, of, note }) => {
		const what =
			kind === "corrected"
				? words.noted.corrected(number(of as number))
				: words.noted[kind];
		const day = dayInWib(at);
		return `<li><time datetime="${new Date(at).toISOString()}">${dayWords(day, language)}</time> · ${words.noteOf(number(release))}: ${what}. <span lang="id">${shown(note)}</span></li>`;
	});
	return `<h3>${words.changelog}</h3><ul class="perubahan">${items.join("")}</ul>`;
}
