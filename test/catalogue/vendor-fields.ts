/**
 * The field names of the vendor's tables (Power Kits document, L956-1658), as printed and in the order printed.
 */
const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** By kind. `standbyTime` of ichigh stands twice: as a member of `appCfg`, and on its own. */
export const VENDOR_FIELDS: Readonly<Record<string, readonly string[]>> = {
  // L958-1086
  bp5000: words(`
    kitNum oilCloseSoc chgDsgMosState amp fullCap soc ptcHeatingEvent minCellVol upsFlag warnCode ptcRemainTime
    vol openBmsIdex ptcHeatingFlag minCellTemp ptcChgErrCnt remainCap inWatts proChgDsgMosState temp maxMosTemp
    chgState remainTime canId maxCellTemp ptcMosErr minMosTemp ptcAllowFlag lcdStandbyMin maxPtcTemp eventCode
    maxCellVol errCode dsgSetSoc ptcTouchFlag minPtcTemp balanceFlag bmsFault bmsType chgSetSoc oilOpenSoc
    designCap outWatts
  `),
  // L1089-1148
  bbcout: words(`
    dsgEnergy ldOutCurr ldOutWatts workMode hs1Temp dcOutSta l1Curr batCurr warnCode batWatts eventCode l2Curr
    cfgVolTag pcbTemp errCode hs2Temp standbyTime batVol ldOutVol dayEnergy
  `),
  // L1151-1198
  bmstotal: words(`
    totalChgDsgState bmsChgUpline totalFullCap totalOutWatts doubleOilErrorFlag acDcLsplShutdMin totalInWatts
    totalSoc lcdOffConfirmS remindDsgPtcFlag totalAmp totalRemainTime warningEvent oilStartDownline
    oilStopUpline bmsDsgDownline
  `),
  // L1201-1308
  kitscc: words(`
    pv2ErrCode pv1InWatts pv2InWatts pv1ErrCode chgEnergy l1Curr alt2CableUnit batCurr batWatts pv1InCurr
    pv2InVol alt1VoltLmtEn pv2WorkMode alt1CableLen hs2Temp mppt2SwSta alt2CableLen alt2VoltLmtEn dayEnergy
    mppt1SwSta alt1VoltLmt alt2VoltLmt hs1Temp pv2InputFlag pv1InputFlag pv2InCurr pv1WorkMode l2Curr eventCode2
    pcbTemp eventCode1 batVol pv1InVol alt1CableUnit warnCode2 warnCode1
  `),
  // L1311-1334
  onlinemodulesnlist: words(`
    customData loaderVersion moduleAddr moduleDAddr moduleDetail moduleSn moduleType moduleVersion
  `),
  // L1337-1339
  wireless: words(`
    scenes
  `),
  // L1342-1437
  bbcin: words(`
    errCode dcInVol dcInCurr dcInWatts batVol batCurr batWatts l1Curr l2Curr hs1Temp hs2Temp pcbTemp workMode
    chgPause chgMaxCurr dayEnergy dsgEnergy dcInState bpOnlinePos inHwTpe chgType isCarMoving shakeCtrlDisable
    altCableLen altCableUnit chargeMode warnCode eventCode workMode2 allowDsgOn altVoltLmt altVoltLmtEn
  `),
  // L1440-1505
  iclow: words(`
    errCode batVol warn_code event_code batCurr busVol dcTemp fanLevel chgType chgDsgState protectState
    maxChgCurr bmsChgCurr chgBatVol chrgFlag realSoc chgInType extKitType lsplFlag res warnCode eventCode
  `),
  // L1508-1594
  ichigh: words(`
    inVol inCurr inWatts outVol outCurr outWatts outVa acTemp invType inFreq outFreq invSwSta cfgOutFreq
    inputWhInDay outputWhInDay appCfg powerOn acVolSet acFreqSet acMaxCurrSer acChgDisable acRlyCtrlDis wakeup
    passByMaxCurr standbyTime ch2Watt outAmp2 standbyTime passByModeEn
  `),
  // L1597-1623
  ldac: words(`
    acTemp1 acChWatt errorCodeAdd acChCur acChSta acTemp2 acInVol acTotalWatts acSetChSta
  `),
  // L1626-1658
  lddc: words(`
    errorCode dcInVol dcChCur dcChWatt dcTotalWatts dcTemp1 dcTemp2 dcChRelay dcChSta dcSetChSta errorCodeAdd
  `),
}
