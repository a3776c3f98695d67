import i18next from "i18next";
import { expect, test } from "vitest";
import { addTexts } from "../../../renderer/i18n/add-texts.ts";
import { startTexts } from "../../../renderer/i18n/i18n.ts";
import { logisticsPlanEn } from "../../../renderer/i18n/logistics-plan-en.ts";
import { logisticsPlanId } from "../../../renderer/i18n/logistics-plan-id.ts";

test("how many there are is written in a text as any other number is, in both languages", async () => {
	await startTexts("id");
	addTexts("plan", { id: logisticsPlanId, en: logisticsPlanEn });
	const told = () => i18next.t("plan.table.unreported", { count: 2493 });
	expect(told()).toBe("2.493 fasilitas tanpa laporan tidak dihitung");
	await i18next.changeLanguage("en");
	expect(told()).toMatch(/ 2,493$/);
});
