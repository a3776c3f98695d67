import type { TFunction } from "i18next";
import type { FacilityRow } from "../../../core/api/facilities.ts";
import type {
	ScenarioFormula,
	ScenarioTerm,
} from "../../../core/api/scenarios.ts";
import type { Format } from "../../i18n/format.ts";
import { formulaText } from "./formula-text.ts";

const DAYS: readonly ScenarioTerm[] = ["day", "firstDay"];

/**
 * The formula of a figure with its numbers filled in, and beside it what each number is.
 * @param formula undefined: the figure is not known
 */
export function scenarioFormulaWords(
	formula: ScenarioFormula | undefined,
	{
		t,
		format,
		facilities,
	}: {
		readonly t: TFunction;
		readonly format: Format;
		readonly facilities: readonly FacilityRow[];
	},
): { filled: string | null; notes: string[] } {
	if (!formula) return { filled: null, notes: [] };
	const { expression, inputs, result, day, facility, over } = formula;
	const { number } = format;
	const told = (name: ScenarioTerm, value: number) =>
		DAYS.includes(name) ? format.day(value) : number(value);
	const filled = formulaText(expression, (name) => {
		const input = inputs.find((one) => one.name === name);
		return input ? told(input.name, input.value) : t("logistics.unknown");
	});
	const ofDay = formula.key === "peakDay" || formula.key === "firstOut";
	return {
		filled: `${filled} = ${ofDay ? format.day(result) : number(result)}`,
		notes: [
			...(facility === null
				? []
				: [facilities.find(({ id }) => id === facility)?.name ?? ""]),
			...inputs.map(
				({ name, value }) =>
					`${t(`scenarios.terms.${name}`)}: ${told(name, value)}`,
			),
			...(day === null
				? []
				: [t("scenarios.termsOn", { day: format.day(day) })]),
			...(over === null
				? []
				: [
						t(
							formula.item === null
								? "scenarios.overLaboratories"
								: "scenarios.overHospitals",
							{ count: over, told: format.number(over) },
						),
					]),
			...(formula.key === "lasts" && result >= 0
				? [t("scenarios.doesNotRunOut")]
				: []),
		],
	};
}
