; Parts of the installer for Windows that electron-builder includes by this name.

!macro customUnInstall
  ; An update removes the version before it, and a silent removal asks nobody: the data stays.
  ${ifNot} ${isUpdated}
    ${ifNot} ${Silent}
      MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "Hapus juga data BLC Command akun ini? Perintah yang belum terkirim ikut hilang.$\r$\n$\r$\nRemove the data of this account too? Commands that were not sent yet are lost." /SD IDNO IDNO blcKeepData
        SetShellVarContext current
        RMDir /r "$LOCALAPPDATA\blc-command"
        SetShellVarContext all
      blcKeepData:
    ${endIf}
  ${endIf}
!macroend
