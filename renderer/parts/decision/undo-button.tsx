import { Undo2 } from "lucide-react";
import { Undo } from "../../../core/api/decisions.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useCommand } from "../../state/answers.ts";
import { useDraftForm } from "../../state/drafts.ts";
import { useMay } from "../../state/session.ts";
import { FormBox } from "./form-box.tsx";
import { ReasonForm } from "./reason-form.tsx";

/** Takes back what a row of the audit trail did. */
export function UndoButton({ audit }: { audit: number }) {
	const { t } = useLanguage();
	const may = useMay(Undo);
	const undo = useCommand(Undo);
	const form = useDraftForm();
	if (!may) return null;
	return (
		<FormBox
			form={form}
			icon={Undo2}
			label={t("decision.undo")}
			testId={`undo-${audit}`}
			width="22rem"
			position="bottom-end"
		>
			<ReasonForm
				testId="undo-form"
				does={t("decision.undo")}
				form={form}
				order={(reason) => undo.mutateAsync({ audit, reason })}
			>
				<p>{t("decision.undoHelp", { number: audit })}</p>
			</ReasonForm>
		</FormBox>
	);
}
