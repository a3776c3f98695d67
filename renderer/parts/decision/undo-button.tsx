import { Button, Popover } from "@mantine/core";
import { Undo2 } from "lucide-react";
import { useState } from "react";
import { COMMANDS } from "../../../core/api/all.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useCommand } from "../../state/answers.ts";
import { useMay } from "../../state/session.ts";
import { ReasonForm } from "./reason-form.tsx";

/** Takes back what a row of the audit trail did. */
export function UndoButton({ audit }: { audit: number }) {
	const { t } = useLanguage();
	const may = useMay(COMMANDS.undo);
	const undo = useCommand(COMMANDS.undo);
	const [opened, setOpened] = useState(false);
	if (!may) return null;
	return (
		<Popover
			opened={opened}
			onChange={setOpened}
			width="22rem"
			position="bottom-end"
			trapFocus
		>
			<Popover.Target>
				<Button
					size="compact-xs"
					variant="default"
					leftSection={<Undo2 size="1em" aria-hidden />}
					data-testid={`undo-${audit}`}
					onClick={() => setOpened(!opened)}
				>
					{t("decision.undo")}
				</Button>
			</Popover.Target>
			<Popover.Dropdown>
				{opened && (
					<ReasonForm
						testId="undo-form"
						does={t("decision.undo")}
						leave={() => setOpened(false)}
						order={(reason) => undo.mutateAsync({ audit, reason })}
					>
						<p>{t("decision.undoHelp", { number: audit })}</p>
					</ReasonForm>
				)}
			</Popover.Dropdown>
		</Popover>
	);
}
