import { TextInput } from "@mantine/core";
import { Pencil } from "lucide-react";
import { useState } from "react";
import { isOnItsWay } from "../../../core/api/decided.ts";
import { NameSource as NameSourceCommand } from "../../../core/api/decisions.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useCommand } from "../../state/answers.ts";
import { type DraftForm, useDraftForm } from "../../state/drafts.ts";
import { useOutbox } from "../../state/outbox.ts";
import { useMay } from "../../state/session.ts";
import { Waiting } from "../ui/pending-value.tsx";
import { FormBox } from "./form-box.tsx";
import { ReasonForm } from "./reason-form.tsx";

/** Shorter is no name (core/api/decisions). */
const LEAST_NAME = 3;

/** Calls a source otherwise; offered to those who may. */
export function NameSource({
	source,
	names,
}: {
	/** Its key. */
	source: string;
	names: { id: string; en: string };
}) {
	const { t } = useLanguage();
	const may = useMay(NameSourceCommand);
	const form = useDraftForm();
	const stage = useOutbox()
		.filter(
			(entry) =>
				entry.name === NameSourceCommand.name &&
				(entry.request as { source: string }).source === source,
		)
		.map((entry) => entry.stage)
		.find(isOnItsWay);
	if (stage)
		return (
			<Waiting testId={`naming-pending-${source}`}>
				{t(`decision.stage.${stage}`)}
			</Waiting>
		);
	if (!may) return null;
	return (
		<FormBox
			form={form}
			icon={Pencil}
			label={t("decision.naming.open")}
			testId={`name-source-${source}`}
		>
			<NameForm source={source} names={names} form={form} />
		</FormBox>
	);
}

function NameForm({
	source,
	names,
	form,
}: {
	source: string;
	names: { id: string; en: string };
	form: DraftForm;
}) {
	const { t } = useLanguage();
	const naming = useCommand(NameSourceCommand);
	const [id, setId] = useState(names.id);
	const [en, setEn] = useState(names.en);
	const long = (name: string) => name.trim().length >= LEAST_NAME;
	const other = id.trim() !== names.id || en.trim() !== names.en;
	return (
		<ReasonForm
			does={t("decision.naming.order")}
			testId="naming"
			form={form}
			begun={other}
			ready={long(id) && long(en) && other}
			order={(reason) =>
				naming.mutateAsync({
					source,
					names: { id: id.trim(), en: en.trim() },
					reason,
				})
			}
		>
			<p>{t("decision.naming.help")}</p>
			<TextInput
				label={t("decision.naming.id")}
				value={id}
				maxLength={80}
				required
				data-testid="naming-id"
				onChange={(event) => setId(event.currentTarget.value)}
			/>
			<TextInput
				label={t("decision.naming.en")}
				value={en}
				maxLength={80}
				required
				data-testid="naming-en"
				onChange={(event) => setEn(event.currentTarget.value)}
			/>
		</ReasonForm>
	);
}
