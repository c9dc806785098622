# Builds the Windows program and its installer. NOT RUN: there was no Windows where this was written.
# What is needed: Windows 10 or 11 (64 bit), Python 3.11 (64 bit), NSIS 3.08 or newer with makensis on the path.
#   powershell -ExecutionPolicy Bypass -File packaging\windows\build.ps1 -Out C:\out
param([Parameter(Mandatory = $true)] [string] $Out)
$ErrorActionPreference = "Stop"
Set-StrictMode -Version Latest
$top = (Resolve-Path (Join-Path $PSScriptRoot "..\..")).Path
$work = Join-Path ([System.IO.Path]::GetTempPath()) ("yuebao-" + [System.IO.Path]::GetRandomFileName())
New-Item -ItemType Directory -Force $Out, $work | Out-Null
$Out = (Resolve-Path $Out).Path

function Invoke-Checked {
    # A program that fails does not stop PowerShell by itself.
    $name, $rest = $args
    & $name @rest
    if ($LASTEXITCODE -ne 0) { throw "$name left with $LASTEXITCODE" }
}

$env:PYTHONUTF8 = "1"           # files are UTF-8 whatever the code page of this Windows
$env:PYTHONHASHSEED = "0"
$env:PYTHONDONTWRITEBYTECODE = "1"
$env:SOURCE_DATE_EPOCH = (& git -C $top log -1 --format=%ct)

Invoke-Checked py -3.11 -m venv "$work\build"
$python = "$work\build\Scripts\python.exe"
# -Encoding ascii: what ">" writes in older PowerShells is UTF-16, which pip does not read
& $python "$top\packaging\windows\requirements.py" | Out-File -Encoding ascii "$work\needed.txt"
& $python "$top\packaging\lock_part.py" babel | Out-File -Encoding ascii "$work\words.txt"
Invoke-Checked $python -m pip install --quiet --require-hashes --no-deps --only-binary=:all: -r "$work\needed.txt"
Invoke-Checked $python -m pip install --quiet --require-hashes -r "$work\words.txt"
Invoke-Checked $python -m pip install --quiet --require-hashes -r "$top\packaging\windows\build-requirements.txt"
Invoke-Checked $python "$top\packaging\translations.py" build

$version = (& $python -c "import sys; sys.path.insert(0, sys.argv[1]); import desktop_app; print(desktop_app.__version__)" $top)
Invoke-Checked $python -m PyInstaller --noconfirm --distpath "$work\dist" --workpath "$work\pyinstaller" "$top\packaging\windows\yuebao.spec"

# The main job with what was built, before it is packed.
Invoke-Checked "$work\dist\yuebao\yuebao.exe" --version
Invoke-Checked "$work\dist\yuebao\yuebao.exe" demo --out "$work\demo" --no-window --json

$installer = "$Out\yuebao-$version-win64-install.exe"
Invoke-Checked makensis -WX "-DVERSION=$version" "-DPROGRAM=$work\dist\yuebao" "-DLICENCE=$top\LICENSE" "-DOUT=$installer" "$top\packaging\windows\yuebao.nsi"
$sum = (Get-FileHash -Algorithm SHA256 $installer).Hash.ToLower()
"$sum  $(Split-Path -Leaf $installer)" | Out-File -Encoding ascii "$Out\SHA256SUMS-windows"
Get-Content "$Out\SHA256SUMS-windows"
