import { Loader } from "@mantine/core";
import { FileX2, RotateCcw, Undo2 } from "lucide-react";
import { isOnItsWay } from "../../../core/api/decided.ts";
import { RestoreFile, WithdrawFile } from "../../../core/api/decisions.ts";
import type { FileReach } from "../../../core/api/sources.ts";
import { FileOf } from "../../../core/api/sources.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAnswer, useCommand } from "../../state/answers.ts";
import { useAreasFor } from "../../state/area-index.ts";
import { type DraftForm, useDraftForm } from "../../state/drafts.ts";
import { useOutbox } from "../../state/outbox.ts";
import { useMay } from "../../state/session.ts";
import { UNNAMED } from "../ui/completeness.tsx";
import { Waiting } from "../ui/pending-value.tsx";
import { FormBox } from "./form-box.tsx";
import { ReasonForm } from "./reason-form.tsx";

/** Areas named before the rest is counted. */
const NAMED = 3;

/** Takes a file out of what is known, or lets it speak again; offered to those who may. */
export function FileDecision({
	file,
	withdrawn,
	decision,
}: {
	file: number;
	withdrawn: boolean;
	/** Whether it holds what a person decided, and no source's report. */
	decision: boolean;
}) {
	const { t } = useLanguage();
	const command = withdrawn ? RestoreFile : WithdrawFile;
	const may = useMay(command);
	const form = useDraftForm();
	const onItsWay = useOutbox().find(
		(entry) =>
			(entry.name === WithdrawFile.name || entry.name === RestoreFile.name) &&
			(entry.request as { file: number }).file === file &&
			isOnItsWay(entry.stage),
	);
	if (onItsWay)
		return (
			<Waiting testId={`file-pending-${file}`}>
				{t(
					onItsWay.name === WithdrawFile.name
						? "decision.pending.withdrawn"
						: "decision.pending.restored",
				)}
			</Waiting>
		);
	if (!may) return null;
	const Icon = withdrawn ? RotateCcw : decision ? Undo2 : FileX2;
	const words = withdrawn
		? decision
			? "renew"
			: "restore"
		: decision
			? "revoke"
			: "withdraw";
	return (
		<FormBox
			form={form}
			icon={Icon}
			label={t(`decision.${words}.open`)}
			testId={`${withdrawn ? "restore" : "withdraw"}-${file}`}
		>
			<FileForm file={file} withdrawn={withdrawn} words={words} form={form} />
		</FormBox>
	);
}

function FileForm({
	file,
	withdrawn,
	words,
	form,
}: {
	file: number;
	withdrawn: boolean;
	words: "withdraw" | "restore" | "revoke" | "renew";
	form: DraftForm;
}) {
	const { t } = useLanguage();
	const restore = useCommand(RestoreFile);
	const withdraw = useCommand(WithdrawFile);
	const { data: reach, isError } = useAnswer(FileOf, { file });
	return (
		<ReasonForm
			testId="file-form"
			does={t(`decision.${words}.order`)}
			form={form}
			ready={reach != null && !reach.elsewhere}
			order={(reason) =>
				(withdrawn ? restore : withdraw).mutateAsync({ file, reason })
			}
		>
			{reach ? (
				<Reach reach={reach} />
			) : isError || reach === null ? (
				<p role="alert">{t("decision.reach.unknown")}</p>
			) : (
				<Loader size="sm" />
			)}
			<p>{t(`decision.${words}.help`)}</p>
			{reach?.elsewhere && <p role="alert">{t("decision.reach.elsewhere")}</p>}
		</ReasonForm>
	);
}

/** What a file speaks of, and so what its withdrawal touches. */
function Reach({ reach }: { reach: FileReach }) {
	const { t, format, language } = useLanguage();
	const named = reach.areas.slice(0, NAMED).map(({ area }) => area);
	const index = useAreasFor(named);
	const names = named.map((area) => index?.byId(area)?.name ?? UNNAMED);
	const more = reach.areas.length - names.length;
	return (
		<p data-testid="file-reach">
			<b>{reach.name}</b> ·{" "}
			{language === "id" ? reach.source.id_name : reach.source.en_name} ·{" "}
			{format.time(reach.receivedAt)}
			<br />
			{reach.told === null
				? t("decision.reach.nothing")
				: t("decision.reach.touches", {
						values: format.number(reach.told.values),
						areas:
							names.join(", ") +
							(more > 0 ? ` ${t("decision.reach.more", { count: more })}` : ""),
						from: format.day(reach.told.firstDay),
						to: format.day(reach.told.lastDay),
					})}
		</p>
	);
}
