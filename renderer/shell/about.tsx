import { Alert, Button, Group, Modal } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Scale, Stethoscope } from "lucide-react";
import { useState } from "react";
import { Installation } from "../../core/api/installation.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { useAnswer } from "../state/answers.ts";
import styles from "./about.module.css";
import { saveDiagnostics } from "./diagnostics.ts";
import { Licences } from "./licences.tsx";
import { openDialog, useOpened } from "./opened.ts";

/** What this program is, for whoever is asked over the telephone; and what whoever looks after it is sent. */
export function About() {
	const { t } = useLanguage();
	const opened = useOpened(({ dialog }) => dialog === "about");
	return (
		<Modal
			opened={opened}
			onClose={() => openDialog(null)}
			title={t("about.title")}
			closeButtonProps={{ "aria-label": t("app.close") }}
			transitionProps={{ duration: 0 }}
			size="36rem"
		>
			<Told />
		</Modal>
	);
}

function Told() {
	const { t } = useLanguage();
	const { data: told } = useAnswer(Installation, {});
	const [licences, setLicences] = useState(false);
	const asked = useOpened(({ notSaved }) => notSaved);
	const save = useMutation({ mutationFn: () => saveDiagnostics(new Date()) });
	if (!told) return null;
	const notSaved = save.isIdle ? asked : save.error?.message;
	const rows = {
		version: told.version,
		commit: told.commit ?? t("about.noCommit"),
		schema: String(told.schema),
		hub: told.hub?.url ?? t("about.noHub"),
		key: told.hub?.keyId.match(/.{4}/g)?.join(" ") ?? "–",
		system: `${told.system}, Node ${told.node}`,
		folder: told.folder,
	} as const;
	return (
		<div className={styles.about} data-testid="about">
			<dl>
				{(Object.keys(rows) as (keyof typeof rows)[]).map((key) => (
					<div key={key}>
						<dt>{t(`about.${key}`)}</dt>
						<dd>{rows[key]}</dd>
					</div>
				))}
			</dl>
			{told.update.kind === "ready" && (
				<Alert role="status" title={t("about.update", told.update)}>
					<p>{t("about.updateHelp")}</p>
					<code>{told.update.path}</code>
				</Alert>
			)}
			{told.update.kind === "fault" && (
				<Alert color="orange" role="status" title={t("about.updateFault")}>
					{told.update.message}
				</Alert>
			)}
			<p className="muted">{t("about.diagnosticsHelp")}</p>
			{notSaved && (
				<Alert color="red" role="alert">
					{t("about.notSaved", { message: notSaved })}
				</Alert>
			)}
			<Group gap="sm">
				<Button
					variant="default"
					leftSection={<Stethoscope size="1.1em" aria-hidden />}
					loading={save.isPending}
					onClick={() => save.mutate()}
				>
					{t("command.diagnostics")}
				</Button>
				<Button
					variant="default"
					leftSection={<Scale size="1.1em" aria-hidden />}
					aria-expanded={licences}
					onClick={() => setLicences(!licences)}
				>
					{t("about.licences")}
				</Button>
			</Group>
			{licences && <Licences />}
		</div>
	);
}
