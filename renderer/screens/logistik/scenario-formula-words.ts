import type { TFunction } from "i18next";
import type { FacilityRow } from "../../../core/api/facilities.ts";
import type {
	ScenarioFormula,
	ScenarioTerm,
} from "../../../core/api/scenarios.ts";
import type { Format } from "../../i18n/format.ts";
import { formulaText } from "./formula-text.ts";

const DAYS: readonly ScenarioTerm[] = ["firstDay"];

/**
 * The formula of a figure with its numbers filled in, and beside it what each number is.
 * @param formula undefined: it is not known how it came about
 * @param value of the figure itself; null: not known, or it does not happen
 */
export function scenarioFormulaWords(
	formula: ScenarioFormula | undefined,
	value: number | null,
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
	const { number, exact } = format;
	const told = (name: ScenarioTerm, value: number) =>
		DAYS.includes(name) ? format.day(value) : exact(value);
	const filled =
		expression === null
			? null
			: formulaText(expression, (name) => {
					const input = inputs.find((one) => one.name === name);
					return input ? told(input.name, input.value) : t("logistics.unknown");
				});
	return {
		filled: filled === null ? null : `${filled} = ${exact(result)}`,
		notes: [
			...(facility === null
				? []
				: [facilities.find(({ id }) => id === facility)?.name ?? ""]),
			...inputs.map(
				({ name, value, told: by, of }) =>
					`${t(`scenarios.terms.${name}`)}: ${told(name, value)}${by === null || of === null ? "" : ` (${t("scenarios.toldBy", { told: number(by), of: number(of) })})`}`,
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
			...(formula.bound ? [t(`scenarios.bounds.${formula.bound}`)] : []),
			...(formula.key === "lasts" && value === null
				? [t("scenarios.doesNotRunOut")]
				: []),
		],
	};
}
