import { expect, test, vi } from "vitest";
import type { AreaRow } from "../../../core/api/areas.ts";
import { en } from "../../../renderer/i18n/en.ts";
import { id } from "../../../renderer/i18n/id.ts";
import { areaWords } from "../../../renderer/navigation/area-words.ts";
import {
	nearestOf,
	nearness,
	slipsBetween,
} from "../../../renderer/navigation/find.ts";
import {
	foldedNames,
	namedLike,
} from "../../../renderer/navigation/named-like.ts";
import { isOfNow, SCREENS } from "../../../renderer/screens/all.ts";
import {
	answerLeaving,
	leave,
	useDrafts,
} from "../../../renderer/state/drafts.ts";
import { loadAreaTree } from "../../../resources/areas/load.ts";

const tree = loadAreaTree();
const places = (["nation", "province", "regency"] as const)
	.flatMap((level) => tree.at(level).map((area) => ({ ...area, level })))
	.map(({ code, name, level }) => ({ code, name, level }) as AreaRow);
const find = (typed: string) =>
	nearestOf(typed, places, areaWords, 12).map(({ code }) => code);

const kecamatan = foldedNames(
	(["district", "village"] as const).flatMap((level) =>
		tree.at(level).map(({ code, name }) => ({ code, name, level }) as AreaRow),
	),
);

test.each([
	["kec. sukolilo", "35.78.09"],
	["Kecamatan Sukolilo", "35.78.09"],
	["sukolil", "35.78.09"],
	["35.78.09", "35.78.09"],
	["357809", "35.78.09"],
	["kec kemayoran", "31.71.03"],
	["kel. ancol", "31.72.05.1003"],
	["kelurahan pulau harapan", "31.01.01.1003"],
	["untung jawa", "31.01.02.1001"],
	["3172051003", "31.72.05.1003"],
])("a person who types %s is offered the kecamatan %s", (typed, code) => {
	const like = namedLike(typed, kecamatan, 12);
	expect(like.length).toBeLessThanOrEqual(12);
	expect(
		nearestOf(typed, [...places, ...like], areaWords, 12).map(
			(one) => one.code,
		),
	).toContain(code);
});

test.each(["", "k", "kec", "kec.", "zzzz"])(
	"nothing that a kecamatan could be called is offered none: %j",
	(typed) => {
		const like = namedLike(typed, kecamatan, 12);
		expect(like.filter(({ name }) => !/kec/i.test(name))).toEqual([]);
	},
);

test.each([
	["jatim", "35"],
	["JATIM", "35"],
	["3524", "35.24"],
	["35.24", "35.24"],
	["surabya", "35.78"],
	["sruabaya", "35.78"],
	["jogja", "34"],
	["jakarta", "31"],
	["di yogyakarta", "34"],
	["kota bandung", "32.73"],
	["bangka belitung", "19"],
	["indonesia", "ID"],
])("a person who types %s finds %s first", (typed, code) => {
	expect(find(typed)[0]).toBe(code);
});

test("a name that is still being typed already finds its area", () => {
	for (const typed of ["sura", "surab", "surabay"])
		expect(find(typed), typed).toContain("35.78");
});

test("a code is not misspelt: another digit is another area", () => {
	expect(find("9999")).toEqual([]);
	expect(nearness("3525", ["35.24"])).toBeNull();
	expect(find("")).toEqual([]);
	expect(find("xyzxyz")).toEqual([]);
});

test("two neighbouring letters in the wrong order are one slip, and counting ends at the most that is allowed", () => {
	expect(slipsBetween("sruabaya", "surabaya", 2)).toBe(1);
	expect(slipsBetween("surabya", "surabaya", 2)).toBe(1);
	expect(slipsBetween("medan", "surabaya", 2)).toBe(3);
});

test("every screen has a name in both languages and a letter and an address of its own", () => {
	for (const { key, letter } of SCREENS) {
		expect(id.screen[key]).toBeTruthy();
		expect(en.screen[key]).toBeTruthy();
		expect(key).toMatch(/^[a-z-]+$/);
		expect(letter).toMatch(/^[a-z]$/);
	}
	expect(new Set(SCREENS.map(({ key }) => key)).size).toBe(SCREENS.length);
	expect(new Set(SCREENS.map(({ letter }) => letter)).size).toBe(
		SCREENS.length,
	);
	expect(Object.keys(id.screen).sort()).toEqual(
		SCREENS.map(({ key }) => key).sort(),
	);
});

test("nothing of its own makes a screen fail: every schema has a default for every part", () => {
	for (const { key, search } of SCREENS)
		expect(search.safeParse({}).success, key).toBe(true);
});

test("where nothing typed would be lost a person leaves at once; else only after saying so, and may stay", () => {
	const done: string[] = [];
	const away = () =>
		leave(
			() => done.push("gone"),
			() => done.push("stayed"),
		);
	away();
	expect(done).toEqual(["gone"]);
	useDrafts.setState({ open: 1 });
	away();
	expect(done).toEqual(["gone"]);
	useDrafts.getState().leaving?.stay();
	useDrafts.getState().leaving?.go();
	expect(done).toEqual(["gone", "stayed", "gone"]);
	useDrafts.setState({ open: 0, leaving: null });
});

test("the key that answers the question asks no other, though more hears it", () => {
	const key = new Event("keydown");
	const gone: string[] = [];
	useDrafts.setState({ open: 1 });
	try {
		leave(() => gone.push("drawer"));
		vi.stubGlobal("event", key);
		answerLeaving("stay");
		leave(() => gone.push("drawer, by the same key"));
		expect(useDrafts.getState().leaving).toBeNull();
		vi.stubGlobal("event", new Event("keydown"));
		leave(() => gone.push("drawer, by another key"));
		answerLeaving("go");
		expect(gone).toEqual(["drawer, by another key"]);
	} finally {
		vi.unstubAllGlobals();
		useDrafts.setState({ open: 0, leaving: null });
	}
});

test("a view that tells what is known now claims no day of knowledge, and those beside it keep theirs", () => {
	const claims = (key: string, own: Record<string, string>) => {
		const screen = SCREENS.find((one) => one.key === key);
		return screen && !isOfNow(screen, own);
	};
	for (const view of ["kirim", "barang"])
		expect(claims("logistik", { view }), view).toBe(false);
	for (const view of ["kekurangan", "laboratorium", "buku", "diragukan"])
		expect(claims("logistik", { view }), view).toBe(true);
	expect(claims("logistik", {})).toBe(true);
	expect(claims("integrasi", { view: "kirim" })).toBe(false);
	expect(claims("situasi", { view: "kirim" })).toBe(true);
});
