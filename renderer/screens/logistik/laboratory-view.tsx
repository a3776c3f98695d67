import { addTexts } from "../../i18n/add-texts.ts";
import { laboratoriesEn } from "../../i18n/laboratories-en.ts";
import { laboratoriesId } from "../../i18n/laboratories-id.ts";
import styles from "./laboratory.module.css";
import { LaboratoryQueue } from "./laboratory-queue.tsx";
import { LaboratoryTable } from "./laboratory-table.tsx";
import { SpecimenRouting } from "./specimen-routing.tsx";
import { LaboratoriesNotThere, useLaboratories } from "./use-laboratories.tsx";
import type { ViewProps } from "./view-props.ts";

addTexts("laboratories", { id: laboratoriesId, en: laboratoriesEn });

/** What laboratories can do, what waits there, and who could take whose specimens. */
export default function LaboratoryView(props: ViewProps) {
	const found = useLaboratories(props);
	const { shown, facilities, day, asKnown } = found;
	if (!shown || !facilities)
		return <LaboratoriesNotThere {...found} className={styles.whole ?? ""} />;
	return (
		<div className={styles.view}>
			<LaboratoryTable {...shown} asKnown={asKnown} />
			<div className={styles.side}>
				<LaboratoryQueue {...shown} asKnown={asKnown} />
				<SpecimenRouting
					{...shown}
					facilities={facilities}
					day={day}
					asKnown={asKnown}
				/>
			</div>
		</div>
	);
}
