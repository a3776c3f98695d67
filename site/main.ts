import type { SiteFigures } from "../core/release/site-figures.ts";
import {
	dayWords,
	numberWords,
	SITE_FILES,
} from "../core/release/site-words.ts";
import { dayFromIso, isoFromDay } from "../core/series/day.ts";
import { readAddress, writeAddress } from "./address.ts";
import { AreasTable, cellElement } from "./areas-table.ts";
import { cellWords, mapCountWords } from "./cell-look.ts";
import { element, found } from "./element.ts";
import {
	classBounds,
	every,
	Figures,
	language,
	rounding,
	words,
} from "./figures.ts";
import { AreaMap, legend, type MapLevel, patterns } from "./map.ts";
import type { Outlines } from "./outlines.ts";
import { drawTrend } from "./trend.ts";
import "./site.css";

declare global {
	var PETA: Outlines;
	var ANGKA: SiteFigures;
}

const status = found("keadaan");
status.hidden = false;
// After this has drawn what it can: the page stands before its counts are here.
const script = element("script", { src: SITE_FILES.figures });
script.addEventListener("load", () => {
	show(new Figures(self.ANGKA));
	status.hidden = true;
});
script.addEventListener("error", () => {
	status.textContent = words.failed;
	status.classList.add("gagal");
});
document.head.append(script);

function show(figures: Figures): void {
	const { indicators, areas, days } = figures.given;
	const placeOf = new Map(areas.map(({ code }, at) => [code, at]));
	const of = (level: string) =>
		areas.filter(
			(area) => area.level === level && !/(^|\.)00$/.test(area.code),
		);
	const [provinces, regencies] = [of("province"), of("regency")];
	const levels = (["province", "regency"] as const).filter(
		(level) => of(level).length > 0,
	);
	/** What is looked at where no area is chosen; a release without the nation has none. */
	const whole = areas.find((area) => area.level === "nation")?.code ?? "";
	let looked = readAddress(location.hash);

	// What is looked at, put right where an address says what is not there.
	const indicatorAt = () =>
		Math.max(
			0,
			indicators.findIndex(({ key }) => key === looked.indicator),
		);
	const dayAt = () => {
		const at = days.indexOf(dayFromIso(looked.day) ?? Number.NaN);
		return at < 0 ? days.length - 1 : at;
	};
	const areaCode = () => (placeOf.has(looked.area) ? looked.area : whole);
	const provinceCode = () => {
		const code = areaCode().slice(0, 2);
		return provinces.some((one) => one.code === code) ? code : "";
	};
	/** Of a chosen province its kabupaten/kota are seen, where the release has them. */
	const levelSeen = (): MapLevel =>
		(provinceCode() !== "" && levels.find((one) => one === "regency")) ||
		(levels.find((one) => one === looked.level) ?? levels[0] ?? "province");

	const change = (changes: Partial<typeof looked>): void => {
		looked = { ...looked, ...changes };
		history.replaceState(null, "", writeAddress(looked));
		draw();
	};
	window.addEventListener("hashchange", () => {
		// An address of a heading says nothing of what is looked at.
		if (!/^#(judul-|isi$)/.test(location.hash))
			looked = readAddress(location.hash);
		draw();
	});

	// The choices.
	const select = (
		name: string,
		key: string,
		chosen: (value: string) => void,
	): HTMLSelectElement => {
		const box = element("select", { id: `pilih-${key}` });
		box.addEventListener("change", () => chosen(box.value));
		choices.append(element("label", {}, `${name} `, box));
		return box;
	};
	const choices = element("form", { class: "pilihan" });
	choices.addEventListener("submit", (event) => event.preventDefault());
	const indicatorBox = select(words.indicator, "indikator", (indicator) =>
		change({ indicator }),
	);
	const measureBox = select(words.measure, "ukuran", (measure) =>
		change({ measure: measure as typeof looked.measure }),
	);
	const levelBox = select(words.level, "tingkat", (level) => change({ level }));
	const provinceBox = select(words.province, "provinsi", (code) =>
		change({ area: code }),
	);
	const regencyBox = select(words.regency, "kabkota", (code) =>
		change({ area: code || provinceCode() }),
	);
	const offer = (
		box: HTMLSelectElement,
		options: readonly (readonly [value: string, name: string])[],
		value: string,
	) => {
		// Made anew only when it offers something else: an open list would close.
		const key = options.map(([of]) => of).join();
		if (box.dataset.offers !== key) {
			box.dataset.offers = key;
			box.replaceChildren(
				...options.map(([of, name]) => element("option", { value: of }, name)),
			);
		}
		box.value = value;
	};

	// The clock.
	const slider = element("input", {
		...{ type: "range", id: "waktu", min: 0, max: days.length - 1, step: 1 },
	});
	slider.addEventListener("input", () => goTo(Number(slider.value)));
	const goTo = (at: number) => change({ day: isoFromDay(days[at] as number) });
	const button = (says: string, sign: string, does: () => void) => {
		const made = element(
			"button",
			{ type: "button", "aria-label": says },
			sign,
		);
		made.addEventListener("click", does);
		return made;
	};
	let playing: ReturnType<typeof setInterval> | null = null;
	const stop = () => {
		if (playing !== null) clearInterval(playing);
		playing = null;
		play.textContent = "▶";
		play.setAttribute("aria-label", words.play);
	};
	const play = button(words.play, "▶", () => {
		if (playing !== null) return stop();
		if (dayAt() === days.length - 1) goTo(0);
		play.textContent = "❚❚";
		play.setAttribute("aria-label", words.pause);
		playing = setInterval(
			() => {
				// Somebody may have gone to the last day meanwhile.
				if (dayAt() < days.length - 1) goTo(dayAt() + 1);
				if (dayAt() === days.length - 1) stop();
			},
			every === "day" ? 120 : 400,
		);
	});
	play.disabled = days.length < 2;
	const shownDay = element("output", { for: "waktu" });
	const clock = element(
		"div",
		{ class: "waktu" },
		play,
		button(words.before, "‹", () => goTo(Math.max(0, dayAt() - 1))),
		element("label", { for: "waktu" }, words.period),
		slider,
		button(words.after, "›", () =>
			goTo(Math.min(days.length - 1, dayAt() + 1)),
		),
		shownDay,
	);

	// The map.
	const pointed = element("output", { class: "ditunjuk" });
	const map = new AreaMap(self.PETA, {
		choose: (code) => {
			if (placeOf.has(code)) change({ area: code });
		},
		point: (says) => {
			pointed.textContent = says || " ";
		},
	});
	pointed.textContent = " ";
	const counted = element("p", { class: "hitungan" });
	const legendPlace = element("div");
	// Of the nation alone there is no map, and the page's own table says all of it.
	const mapped = levels.length > 0;
	found(mapped ? "peta" : "tren").append(choices, clock);
	for (const box of [levelBox, provinceBox, regencyBox])
		if (!mapped) box.closest("label")?.remove();
	found("peta").append(
		element(
			"figure",
			{},
			map.svg,
			element("figcaption", {}, pointed, legendPlace, counted),
		),
		element("p", { class: "kecil" }, words.mapNote),
	);
	found("peta").hidden = !mapped;

	// The table.
	const table = new AreasTable(found("wilayah"), (area) => change({ area }));

	// The trend.
	const trendTitle = element("h3");
	const trend = document.createElementNS("http://www.w3.org/2000/svg", "svg");
	trend.setAttribute("role", "img");
	trend.setAttribute("class", "gambar tren");
	trend.addEventListener("click", ({ clientX }) => {
		const { left, width } = trend.getBoundingClientRect();
		const at = Math.floor(((clientX - left - 64) / (width - 76)) * days.length);
		goTo(Math.min(days.length - 1, Math.max(0, at)));
	});
	const trendDay = element("p", { class: "hitungan" });
	const trendRows = element("tbody");
	const trendHead = element("tr");
	const trendCaption = element("caption");
	const trendBody = element(
		"div",
		{},
		element("figure", {}, trend, element("figcaption", {}, trendDay)),
		element("p", { class: "kecil" }, words.trendGap),
		...(rounding > 1
			? [
					element(
						"p",
						{ class: "kecil" },
						words.rounded(numberWords(rounding, language)),
					),
				]
			: []),
		element(
			"details",
			{},
			element("summary", {}, words.trendTable),
			element(
				"div",
				{
					...{ class: "gulir", role: "region", tabindex: 0 },
					"aria-label": words.trendTable,
				},
				element(
					"table",
					{ id: "tabel-tren" },
					trendCaption,
					element("thead", {}, trendHead),
					trendRows,
				),
			),
		),
	);
	found("tren").append(trendTitle, trendBody);
	found("tren").hidden = false;
	document.body.append(patterns("pola"), map.patterns);
	new ResizeObserver(() => drawCurve()).observe(trend);

	const drawCurve = () => {
		const area = placeOf.get(areaCode());
		const { width, height } = trend.getBoundingClientRect();
		if (width === 0 || area === undefined) return;
		drawTrend(
			trend,
			{ width, height },
			{
				...{ days, measure: looked.measure, at: dayAt() },
				cells: figures.cells(indicatorAt(), area, looked.measure),
			},
		);
	};

	const bounds = new Map<string, { bounds: number[]; falls: boolean }>();
	const boundsOf = (level: string) => {
		const key = `${indicatorAt()} ${looked.measure} ${level}`;
		const kept = bounds.get(key);
		if (kept) return kept;
		let [least, greatest] = [0, 0];
		areas.forEach((area, at) => {
			if (area.level !== level) return;
			for (const { value } of figures.cells(
				indicatorAt(),
				at,
				looked.measure,
			)) {
				least = Math.min(least, value ?? 0);
				greatest = Math.max(greatest, value ?? 0);
			}
		});
		const made = { bounds: classBounds(greatest), falls: least < 0 };
		bounds.set(key, made);
		return made;
	};

	let trendOf = "";
	function draw(): void {
		const indicator = indicatorAt();
		const { countsUp } = indicators[indicator] as (typeof indicators)[number];
		if (!countsUp) looked = { ...looked, measure: "total" };
		const { measure } = looked;
		const [at, code, level] = [dayAt(), areaCode(), levelSeen()];
		const day = dayWords(days[at] as number, language);
		const total = countsUp ? words.measures.total : words.measures.onDay;
		const what = `${figures.nameOf(indicator)} (${(measure === "new" ? words.measures.new[every] : total).toLowerCase()})`;
		const chosen = areas[placeOf.get(code) ?? -1];
		const province = provinceCode();

		offer(
			indicatorBox,
			indicators.map(({ key }, of) => [key, figures.nameOf(of)]),
			indicators[indicator]?.key ?? "",
		);
		offer(
			measureBox,
			[
				["total", total],
				...(countsUp ? [["new", words.measures.new[every]] as const] : []),
			],
			measure,
		);
		offer(
			levelBox,
			levels.map((one) => [one, words.levels[one]]),
			level,
		);
		levelBox.disabled = province !== "" || levels.length < 2;
		offer(
			provinceBox,
			[
				["", words.wholeCountry],
				...provinces.map((one) => [one.code, one.name] as const),
			],
			province,
		);
		const within = regencies.filter(
			(one) => provinces.length === 0 || one.code.startsWith(`${province}.`),
		);
		offer(
			regencyBox,
			[
				["", provinces.length === 0 ? words.wholeCountry : words.wholeProvince],
				...within.map((one) => [one.code, one.name] as const),
			],
			chosen?.level === "regency" ? code : "",
		);
		regencyBox.disabled = within.length === 0;

		slider.value = String(at);
		slider.setAttribute("aria-valuetext", day);
		shownDay.textContent = day;

		if (mapped) drawMap(what);
		drawSeries(what);

		const other = found<HTMLAnchorElement>("bahasa");
		other.hash = writeAddress(looked);
	}
	/** The areas of the day, on the map and in the table. */
	function drawMap(what: string): void {
		const [indicator, at, level] = [indicatorAt(), dayAt(), levelSeen()];
		const [code, province] = [areaCode(), provinceCode()];
		const { measure } = looked;
		const day = dayWords(days[at] as number, language);
		const seen = areas.flatMap((area, of) =>
			area.level === level &&
			(province === "" ||
				area.code.startsWith(`${province}.`) ||
				area.code === province)
				? [{ ...area, of }]
				: [],
		);
		const cells = seen.map(({ code, name, of }) => ({
			...{ code, name, cell: figures.cells(indicator, of, measure)[at] },
		})) as Parameters<AreaMap["draw"]>[1];
		const scale = boundsOf(level);
		map.draw(level, cells, scale.bounds, code);
		map.look(province);
		map.svg.setAttribute(
			"aria-label",
			words.mapSays(what, words.levels[level], day),
		);
		legendPlace.replaceChildren(
			legend(scale.bounds, { measure, falls: scale.falls }),
		);
		const without = cells.filter(({ code }) => !map.has(level, code)).length;
		counted.textContent = [
			mapCountWords(
				cells.map(({ cell }) => cell),
				language,
			),
			...(without > 0 ? [words.notOnMap(numberWords(without, language))] : []),
		].join(" ");

		table.draw({
			caption: `${words.tableOf(words.levels[level], day)}, ${measure === "new" ? words.measures.new[every] : words.measures.total}`,
			columns: indicators.map((_, of) => figures.nameOf(of)),
			rows: seen.map(({ name, code, of }) => ({
				...{ name, code },
				cells: indicators.map(
					(_, indicator) => figures.cells(indicator, of, measure)[at],
				) as ReturnType<Figures["cells"]>,
			})),
			chosen: code,
		});
	}

	/** The area that is chosen, day by day. */
	function drawSeries(what: string): void {
		const chosenAt = placeOf.get(areaCode());
		const chosen = chosenAt === undefined ? undefined : areas[chosenAt];
		trendBody.hidden = chosen === undefined;
		if (chosenAt === undefined || chosen === undefined) {
			trendTitle.textContent = words.chooseArea;
			return;
		}
		const { measure } = looked;
		const at = dayAt();
		const series = figures.cells(indicatorAt(), chosenAt, measure);
		trendTitle.textContent = `${chosen.name}: ${what}`;
		trend.setAttribute("aria-label", words.trendSays(what, chosen.name));
		trendDay.textContent = `${dayWords(days[at] as number, language)}: ${cellWords(series[at] as (typeof series)[number], language)}`;
		const key = `${chosen.code} ${measure}`;
		if (trendOf !== key) {
			trendOf = key;
			trendCaption.textContent = `${chosen.name}, ${measure === "new" ? words.measures.new[every] : words.measures.total}`;
			trendHead.replaceChildren(
				...[words.day, ...indicators.map((_, of) => figures.nameOf(of))].map(
					(name) => element("th", { scope: "col" }, name),
				),
			);
			const columns = indicators.map((_, of) =>
				figures.cells(of, chosenAt, measure),
			);
			trendRows.replaceChildren(
				...days.map((day, of) =>
					element(
						"tr",
						{},
						element("th", { scope: "row" }, dayWords(day, language)),
						...columns.map((column) =>
							cellElement(column[of] as (typeof column)[number]),
						),
					),
				),
			);
		}
		drawCurve();
	}
	draw();
}
