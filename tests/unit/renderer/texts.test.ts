import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { censusEn } from "../../../renderer/i18n/census-en.ts";
import { censusId } from "../../../renderer/i18n/census-id.ts";
import { en } from "../../../renderer/i18n/en.ts";
import { heldStockEn } from "../../../renderer/i18n/held-stock-en.ts";
import { heldStockId } from "../../../renderer/i18n/held-stock-id.ts";
import { id } from "../../../renderer/i18n/id.ts";
import { integrationEn } from "../../../renderer/i18n/integration-en.ts";
import { integrationId } from "../../../renderer/i18n/integration-id.ts";
import { itemsEn } from "../../../renderer/i18n/items-en.ts";
import { itemsId } from "../../../renderer/i18n/items-id.ts";
import { laboratoriesEn } from "../../../renderer/i18n/laboratories-en.ts";
import { laboratoriesId } from "../../../renderer/i18n/laboratories-id.ts";
import { logisticsEn } from "../../../renderer/i18n/logistics-en.ts";
import { logisticsId } from "../../../renderer/i18n/logistics-id.ts";
import { logisticsPlanEn } from "../../../renderer/i18n/logistics-plan-en.ts";
import { logisticsPlanId } from "../../../renderer/i18n/logistics-plan-id.ts";
import { referralEn } from "../../../renderer/i18n/referral-en.ts";
import { referralId } from "../../../renderer/i18n/referral-id.ts";
import { scenariosEn } from "../../../renderer/i18n/scenarios-en.ts";
import { scenariosId } from "../../../renderer/i18n/scenarios-id.ts";
import { stockBookEn } from "../../../renderer/i18n/stock-book-en.ts";
import { stockBookId } from "../../../renderer/i18n/stock-book-id.ts";
import { trendLineEn } from "../../../renderer/i18n/trend-line-en.ts";
import { trendLineId } from "../../../renderer/i18n/trend-line-id.ts";

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, path = ""): Map<string, string> {
	const found = new Map<string, string>();
	for (const [key, value] of Object.entries(tree)) {
		const name = path === "" ? key : `${path}.${key}`;
		if (typeof value === "string") found.set(name, value);
		else for (const [inner, text] of flat(value, name)) found.set(inner, text);
	}
	return found;
}

/** With the blocks that come later (renderer/i18n/texts LaterBlocks). */
const indonesian = flat({
	...id,
	census: censusId,
	heldStock: heldStockId,
	integration: integrationId,
	items: itemsId,
	stockBook: stockBookId,
	laboratories: laboratoriesId,
	logistics: logisticsId,
	scenarios: scenariosId,
	plan: logisticsPlanId,
	referral: referralId,
	trendLine: trendLineId,
} as Tree);
const english = flat({
	...en,
	census: censusEn,
	heldStock: heldStockEn,
	integration: integrationEn,
	items: itemsEn,
	stockBook: stockBookEn,
	laboratories: laboratoriesEn,
	logistics: logisticsEn,
	scenarios: scenariosEn,
	plan: logisticsPlanEn,
	referral: referralEn,
	trendLine: trendLineEn,
} as unknown as Tree);

/** Terms of the field and signs that are the same in both languages. */
const SAME = new Set([
	"app.name",
	"indicator.odp",
	"indicator.pdp",
	"indicator.otg",
	"indicator.probable",
	"measure.total",
	"level.nation",
	"level.district",
	"level.village",
	"signIn.role.administrator",
	"about.hub",
	"items.differs",
	"classes.jenks",
	"classes.fixed",
	"laboratories.routing.kilometres",
	"logistics.unit.m3",
	"referral.beds.icu",
	"referral.about",
	"logistics.catalogueUnit.m3",
	"logistics.catalogueUnit.Kg",
	"plan.orders.line",
	"plan.orders.lot",
	"chooseHub.snapshotExample",
	"plan.roundDays",
	"plan.paper.lot",
	"plan.paper.no",
	"decision.order.standing",
]);

test("both languages have the same texts, none of them empty", () => {
	// English alone has a singular, of some.
	const alone = (key: string) =>
		key.endsWith("_one") &&
		!indonesian.has(key) &&
		english.has(key.slice(0, -4));
	expect([...english.keys()].filter((key) => !alone(key)).sort()).toEqual(
		[...indonesian.keys()].sort(),
	);
	for (const [key, text] of [...indonesian, ...english])
		expect(text.trim(), key).not.toBe("");
});

test("an English text is not its Indonesian one left untranslated", () => {
	const left = [...indonesian].filter(
		([key, text]) => english.get(key) === text && !SAME.has(key),
	);
	expect(left).toEqual([]);
});

test("both languages fill the same gaps", () => {
	const gaps = (text: string) =>
		(text.match(/\{\{\w+\}\}/g) ?? []).sort().join();
	for (const [key, text] of indonesian)
		expect(gaps(english.get(key) ?? ""), key).toBe(gaps(text));
});

test("every text is asked for somewhere: what nothing shows is nobody's to translate", () => {
	const code = readdirSync("renderer", { recursive: true, encoding: "utf8" })
		.filter((path) => /\.tsx?$/.test(path) && !path.startsWith("i18n"))
		.map((path) => readFileSync(join("renderer", path), "utf8"))
		.join("\n");
	const isAsked = (key: string) =>
		code.includes(`"${key}"`) ||
		key
			.split(".")
			.some((_, at, parts) =>
				code.includes(`\`${parts.slice(0, at).join(".")}.\${`),
			);
	expect([...indonesian.keys()].filter((key) => !isAsked(key))).toEqual([]);
});

test("every unit and form of the catalogues has a word in both languages", () => {
	const read = (name: string) =>
		JSON.parse(readFileSync(`resources/catalogue/${name}.json`, "utf8"));
	const units = new Set<string>([
		...read("supplies").items.map(({ unit }: { unit: string }) => unit),
		...read("medicines").items.map(({ form }: { form: string }) => form),
	]);
	expect(units.size).toBeGreaterThan(10);
	for (const unit of units)
		expect(
			indonesian.get(`logistics.catalogueUnit.${unit}`),
			unit,
		).toBeDefined();
});
