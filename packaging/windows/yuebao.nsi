; The Windows installer, for makensis on Windows or Linux. It has been compiled; the installer has not been run.
;   makensis -WX -DVERSION=0.1.0 -DPROGRAM=FOLDER -DLICENCE=LICENSE -DOUT=yuebao-0.1.0-win64-install.exe yuebao.nsi
; VERSION, PROGRAM (what PyInstaller made), LICENCE and OUT are wanted; write whole paths.
Target amd64-unicode
Unicode true
!include "MUI2.nsh"
!ifndef VERSION | PROGRAM | LICENCE | OUT
  !error "VERSION, PROGRAM, LICENCE and OUT are wanted"
!endif
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Yuebao"

Name "月报 ${VERSION}"
OutFile "${OUT}"
; For one user, without the rights of an administrator: an office's clerk rarely has them.
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Yuebao"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
SetCompressor /SOLID lzma
ManifestDPIAware true
ManifestLongPathAware true
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "月报"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "GPL-3.0-or-later"
VIAddVersionKey /LANG=2052 "FileDescription" "月报安装程序"

!define MUI_FINISHPAGE_RUN "$INSTDIR\yuebaow.exe"
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"

Section
  ; An older program goes first, whole: a module left behind could be loaded in place of a new one.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  !cd "${PROGRAM}"
  File /r "*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateDirectory "$SMPROGRAMS\月报"
  CreateShortcut "$SMPROGRAMS\月报\月报.lnk" "$INSTDIR\yuebaow.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "月报"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegStr HKCU "Software\Classes\.yuebao" "" "Yuebao.Book"
  WriteRegStr HKCU "Software\Classes\Yuebao.Book" "" "月报填报簿"
  WriteRegStr HKCU "Software\Classes\Yuebao.Book\shell\open\command" "" '"$INSTDIR\yuebaow.exe" open "%1"'
  ; A report is a PDF: it opens where PDFs open; with us by choice.
  WriteRegStr HKCU "Software\Classes\Applications\yuebaow.exe\shell\open\command" "" '"$INSTDIR\yuebaow.exe" open "%1"'
  WriteRegStr HKCU "Software\Classes\.pdf\OpenWithList\yuebaow.exe" "" ""
SectionEnd

Section "Uninstall"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\yuebao.exe"
  Delete "$INSTDIR\yuebaow.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  RMDir /r "$SMPROGRAMS\月报"
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "Software\Classes\.yuebao"
  DeleteRegKey HKCU "Software\Classes\Yuebao.Book"
  DeleteRegKey HKCU "Software\Classes\Applications\yuebaow.exe"
  DeleteRegKey HKCU "Software\Classes\.pdf\OpenWithList\yuebaow.exe"
  ; Report books, backups and keys are the clerk's, not the program's.
  MessageBox MB_ICONINFORMATION "填报簿、备份和密钥没有删除，仍在 $LOCALAPPDATA\yuebao。" /SD IDOK
SectionEnd
