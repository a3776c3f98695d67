import { ReproductionOfAreas } from "../../core/api/reproduction.ts";
import { addTexts } from "../i18n/add-texts.ts";
import { epidemicEn } from "../i18n/epidemic-en.ts";
import { epidemicId } from "../i18n/epidemic-id.ts";
import ReproductionMap from "../screens/epidemi/reproduction-map.tsx";
import { ofTheChoice } from "../screens/epidemi/search.ts";
import { useReproductionChoice } from "../screens/epidemi/use-reproduction.ts";
import { useAnswer } from "../state/answers.ts";
import type { PanelProps } from "./panel-props.ts";

addTexts("epidemic", { id: epidemicId, en: epidemicEn });

const stay = () => {};

/** The map of R, as Epidemi has it. */
export default function ReproductionMapPanel({ areas, selected }: PanelProps) {
	const choice = useReproductionChoice();
	const { data, error, refetch } = useAnswer(
		ReproductionOfAreas,
		choice.asked,
		{ keepLast: true },
	);
	const told = ofTheChoice(data, choice.search);
	return (
		<ReproductionMap
			areas={areas}
			selected={selected}
			select={stay}
			choice={choice}
			data={told}
			failure={
				error && !told ? { message: error.message, retry: refetch } : null
			}
		/>
	);
}
