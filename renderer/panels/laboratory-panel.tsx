import { addTexts } from "../i18n/add-texts.ts";
import { laboratoriesEn } from "../i18n/laboratories-en.ts";
import { laboratoriesId } from "../i18n/laboratories-id.ts";
import { LaboratoryQueue } from "../screens/logistik/laboratory-queue.tsx";
import {
	LaboratoriesNotThere,
	useLaboratories,
} from "../screens/logistik/use-laboratories.tsx";
import type { PanelProps } from "./panel-props.ts";

addTexts("laboratories", { id: laboratoriesId, en: laboratoriesEn });

const stay = () => {};

/** What waits in the laboratories of an area, as Logistik has it. */
export default function LaboratoryPanel({ areas, selected }: PanelProps) {
	const found = useLaboratories({ areas, selected, select: stay });
	return found.shown ? (
		<LaboratoryQueue {...found.shown} asKnown={found.asKnown} />
	) : (
		<LaboratoriesNotThere {...found} className="" />
	);
}
